/// <summary>A library that has the same bug as the program, and that nobody has woven.</summary>
public static unsafe class Codec
{
    public static byte Read(nint[] where) => *(byte*)where[0];
}
