using System;
using MemSentry;

namespace MemSentry.Attacks.Vaults;

/// <summary>The trusted part of the program: the only code that touches the safe region.</summary>
public static unsafe class Vault
{
    [SafeRegionAccess]
    public static nint Address(SafeRegion region) => (nint)region.Pointer;

    [SafeRegionAccess]
    public static void Fill(SafeRegion region, byte[] bytes) => bytes.AsSpan().CopyTo(region.Span);

    [SafeRegionAccess]
    public static void Read(SafeRegion region, byte[] copy) => region.Span.CopyTo(copy);
}
