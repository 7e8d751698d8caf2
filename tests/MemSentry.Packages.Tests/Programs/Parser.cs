/// <summary>Code with a bug: it reads wherever it is told to.</summary>
public static unsafe class Parser
{
    // The address comes inside an array, where checks of the caller do not see it.
    public static byte Peek(nint[] where) => *(byte*)where[0];
}
