using System.ComponentModel;
using System.Runtime.InteropServices;
using static MemSentry.AddressSpaceLayout;

namespace MemSentry.Fuzzing.Running;

/// <summary>
/// Ordinary memory where the runtime reserves addresses without rights. In a real process an access there ends the process: a masked one in the alias
/// of the block, a displaced one in the outer part of a guard. That would cost a process for each blocked access, so a runner puts decoys there, and
/// the member runs on.
/// <para>
/// That is sound: up to the access that would have ended the process everything is the same, and what comes after it are only more accesses that must not reach a
/// region either. That the alias faults is shown elsewhere, by the attack matrix and by the tests of the runtime.
/// </para>
/// </summary>
/// <param name="content">What they are filled with.</param>
internal sealed class Decoys(byte[] content)
{
    private readonly Dictionary<nint, Window> _windows = [];
    private readonly HashSet<nint> _low = [];

    /// <summary>The address that a masked address leads to.</summary>
    public static nint Masked(nint address) => unchecked((nint)((ulong)address | (1UL << MaskBit)));

    /// <summary>Memory to both sides of an address; made on first use.</summary>
    /// <param name="middle">The address, a multiple of the page.</param>
    /// <param name="other">What is in it; null for the bytes of all decoys.</param>
    /// <param name="isHalf">Whether there is something already from the address on.</param>
    public Window At(nint middle, byte[]? other = null, bool isHalf = false)
    {
        if (!_windows.TryGetValue(middle, out Window? window))
        {
            byte[] filling = other ?? content;
            int half = filling.Length / 2;
            Map(middle - half, half);
            if (!isHalf)
                Map(middle, half);
            _windows.Add(middle, window = new(middle - half, isHalf ? filling[..half] : filling));
        }

        return window;
    }

    /// <summary>Takes away the memory next to the block: a module that masks does not start in a process with memory that low.</summary>
    public void WithdrawLow()
    {
        foreach (nint start in _low)
        {
            if (LibC.Unmap(start, (nuint)(content.Length / 2)) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The fuzzer's runner could not unmap a decoy at 0x{start:x}.");
            _windows.Remove(start);
            _windows.Remove(start + (content.Length / 2));
        }

        _low.Clear();
    }

    // What is reserved is replaced; next to it nothing may be.
    private void Map(nint start, int length)
    {
        bool isReserved = (ulong)start >> BlockShift is BlockIndex or (AliasStart >> BlockShift);
        int how = LibC.PrivateAnonymous | (isReserved ? LibC.Fixed : LibC.FixedNoReplace);
        if (LibC.Map(start, (nuint)length, LibC.ReadWrite, how, -1, 0) != start)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The fuzzer's runner could not map a decoy at 0x{start:x}.");
        if (!isReserved)
            _low.Add(start);
    }
}
