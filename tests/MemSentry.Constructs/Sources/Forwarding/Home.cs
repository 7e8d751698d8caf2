namespace Constructs.Moved;

/// <summary>Where the types live now.</summary>
public struct Point
{
    public int X;
    public long Y;

    public readonly long Sum() => X + Y;
}

public unsafe interface IReader
{
    Point Read(Point* p);

    long First(Point* p) => p->X;
}
