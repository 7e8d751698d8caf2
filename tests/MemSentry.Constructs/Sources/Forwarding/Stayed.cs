namespace Constructs.Moved;

/// <summary>What stayed in the assembly that the types were moved out of.</summary>
public static unsafe class Stayed
{
    public static ref Point At(Point* p, int i) => ref p[i];

    public static string Own()
    {
        Point* p = stackalloc Point[2];
        At(p, 1).Y = 5;
        return p[1].Sum().ToString();
    }
}
