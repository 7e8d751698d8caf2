namespace Windows;

/// <summary>A structure that pointers into a region lead to.</summary>
public struct Pair
{
    public int First;
    public int Second;
}
