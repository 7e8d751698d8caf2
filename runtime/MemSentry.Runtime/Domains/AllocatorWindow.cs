using MemSentry.Allocation;

namespace MemSentry.Domains;

/// <summary>A window of the allocator itself, which writes canaries and overwrites what was released.</summary>
internal readonly unsafe ref struct AllocatorWindow
{
    private readonly ArenaHeader* _arena;
    private readonly nuint _frame;

    public AllocatorWindow(ArenaHeader* arena, int domain)
    {
        // It lives in the frame of the caller, and only there: a ref struct that nobody copies.
        _arena = arena;
        _frame = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref this);
        IsOpen = Windows.TryEnter(arena, domain, WindowRights.ReadWrite, _frame);
    }

    /// <summary>Whether there was room for it; if not, <see cref="Windows.TooMany"/> says so.</summary>
    public bool IsOpen { get; }

    public void Dispose() => Windows.Leave(_arena, _frame);
}
