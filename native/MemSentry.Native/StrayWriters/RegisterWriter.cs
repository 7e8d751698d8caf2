namespace MemSentry.Native.StrayWriters;

/// <summary>How an instruction can change the key register of its thread.</summary>
internal enum RegisterWriter
{
    /// <summary><c>wrpkru</c>, with the value in eax (Intel SDM volume 2, WRPKRU).</summary>
    Write,

    /// <summary><c>xrstor</c>, with the value in memory, if eax asks for it (Intel SDM volume 1, 13.8). <c>xrstors</c> is not among them: programs must not execute it.</summary>
    Restore,
}
