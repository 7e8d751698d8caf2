using MemSentry.Native.Faults;

namespace MemSentry.Native.ThreadStarts;

/// <summary>Has threads start with our protection keys closed, whoever in .NET starts them, the collector and the JIT included.</summary>
/// <remarks>
/// Threads that foreign native code starts, by <c>pthread_create</c> of its own or by <c>clone</c>, are not covered: a window closes before such code is called.
/// </remarks>
internal static unsafe class ThreadStarts
{
    private const ulong PageLength = 4096;

    /// <summary>
    /// Puts a stub before what the slots lead to. Called again with further keys, a stub for those goes before the others: all that it knows of them is what it reads in the slots, which are
    /// read-only.
    /// </summary>
    /// <param name="keys">Keys that no stub knows yet, from 1 to 15.</param>
    /// <param name="closedBy">A key that makes the stubs execute-only; 0 for none.</param>
    /// <returns><see langword="null"/> if every slot leads through it. After a failure some may: that does no harm, and the keys must not be used.</returns>
    public static ThreadStartFailure? Install(IReadOnlyList<int> keys, int closedBy = 0)
    {
        if (ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> slots) is { } missing)
        {
            return missing;
        }

        foreach (IGrouping<ulong, ThreadStartSlot> callers in slots.GroupBy(slot => slot.Target))
        {
            byte[] code = ThreadStartAssembler.Assemble(keys, callers.Key);
            SystemCallFailure? failure = ExecutablePages.Create(code.Length, _ => code, out ulong stub, key: closedBy);
            foreach (ThreadStartSlot slot in callers)
            {
                failure ??= Lead(slot, stub);
            }

            if (failure is not null)
            {
                return ThreadStartFailure.Create(failure);
            }
        }

        return Confirm(slots);
    }

    private static SystemCallFailure? Lead(ThreadStartSlot slot, ulong stub)
    {
        ulong page = slot.Address & ~(PageLength - 1);
        SystemCallFailure? failure = AddressSpace.Protect(page, PageLength, MemoryProtection.ReadWrite);
        if (failure is not null)
        {
            return failure;
        }

        // Other threads may be calling through the slot: they see the old address or the new one.
        Volatile.Write(ref *(ulong*)slot.Address, stub);
        return AddressSpace.Protect(page, PageLength, MemoryProtection.Read);
    }

    /// <summary>A sandbox can let calls succeed without doing anything: what counts is what is there now.</summary>
    private static ThreadStartFailure? Confirm(IReadOnlyList<ThreadStartSlot> before)
    {
        ThreadStartFailure? failure = ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> now);
        return failure ?? (now.Count == before.Count && now.Zip(before).All(pair => pair.First.Target != pair.Second.Target)
            ? null
            : new ThreadStartFailure("the slots of pthread_create are as they were, although the kernel accepted mprotect", "allow mprotect in the sandbox"));
    }
}
