using System.Runtime.InteropServices;

namespace MemSentry.Domains;

/// <summary>One window of one thread.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowEntry
{
    /// <summary>
    /// An address in the stack frame of the gate that opened it. It tells which windows end with a frame, and comes from the register that
    /// addresses the stack: a counter in a variable of the gate could be rewritten.
    /// </summary>
    public nuint Frame;

    /// <summary>The frame that has suspended it, <see cref="Windows.Exception"/> for an exception on its way; zero while it is open.</summary>
    public nuint SuspendedBy;

    /// <summary>The thread's next older window, or the next free entry; zero for none.</summary>
    public uint Next;

    /// <summary>The first region that was asked for in it, if its domain is one of the method <c>crypt</c>; see <see cref="RegionWindows"/>. Zero for none.</summary>
    public uint FirstRegion;

    /// <summary>Index of the domain.</summary>
    public byte Domain;

    /// <summary>A <see cref="WindowRights"/>.</summary>
    public byte Rights;

    /// <summary>1 if all older windows of the thread were suspended when it was opened: whoever runs in it has no business with them.</summary>
    public byte StandsAlone;

    /// <summary>What was open by keys when it was opened: the register PKRU of then.</summary>
    public uint Outer;
}
