using System.Runtime.CompilerServices;
using MemSentry.Allocation;
using MemSentry.Domains;
using MemSentry.Startup;

namespace MemSentry;

/// <summary>
/// One protected allocation of unmanaged memory: zeroed, never moved, left out of the kernel's core dumps and of forked children, kept out
/// of swap where the limits allow. Thread-safe.
/// </summary>
/// <remarks>
/// .NET's own crash dumps (<c>DOTNET_DbgEnableMiniDump</c>, types heap and full) contain it all the same: see
/// <see cref="MemSentryStatus.Warnings"/>.
/// <para>
/// The object holds only an index and a ticket. It lies in the GC heap, where an attacker may rewrite it, so every member checks both
/// against the records inside the arena and computes the pointer anew. Meant for whitelisted code: in other woven code the results are
/// addresses that must not be used. Handles are compared, not signed: an attacker who can read and write the GC heap can still make one
/// object stand for another live region.
/// </para>
/// </remarks>
public sealed unsafe class SafeRegion : IDisposable
{
    private readonly RegionHandle _handle;

    private SafeRegion(RegionHandle handle) => _handle = handle;

    /// <summary>Reports, and never releases: a span over the region may still be in use.</summary>
    ~SafeRegion()
    {
        if (Arena.IsStarted && _handle.Ticket != 0)
        {
            RegionAllocator.Abandon(Arena.Current, _handle);
        }
    }

    /// <summary>First byte of the region. In a domain of the method <c>crypt</c>, ask in each window: outside of it, there is ciphertext at this address.</summary>
    /// <exception cref="ObjectDisposedException">The region was disposed.</exception>
    /// <exception cref="SafeRegionException">The object's fields were overwritten (MS7203).</exception>
    public byte* Pointer => Reach().Start;

    /// <summary>Bytes that were asked for.</summary>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    public nuint Length => Locate().Length;

    /// <summary>Whether <see cref="MakeReadOnly"/> was called.</summary>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    public bool IsReadOnly => Locate().IsReadOnly;

    /// <summary>The region's bytes. A span does not keep the region alive: it must not be used after <see cref="Dispose"/>.</summary>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    /// <exception cref="SafeRegionException">The region is larger than a span can be, 2 GiB (MS7207).</exception>
    public Span<byte> Span => AsSpan<byte>();

    /// <summary>Allocates a safe region, filled with zeros.</summary>
    /// <param name="size">Bytes, from 1 up to what the arena has room for (nearly 64 GiB).</param>
    /// <param name="options">How to lay it out; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is 0 or larger than the arena, or the alignment is no power of two.</exception>
    /// <exception cref="OutOfMemoryException">The arena has no room (MS7201).</exception>
    /// <exception cref="PlatformNotSupportedException">This machine or process cannot protect regions (MS7001 to MS7008).</exception>
    /// <exception cref="SafeRegionException">Nothing is woven (MS7011), the kernel refused to open pages (MS7202), or too many regions have guards (MS7209).</exception>
    public static SafeRegion Allocate(nuint size, SafeRegionOptions? options = null)
    {
        RegionRequest request = RegionRequest.Check(size, options);
        RegionHandle handle = RegionAllocator.Allocate(RuntimeStart.RequireArena(), request);
        CreationStacks.Remember(handle);
        return new SafeRegion(handle);
    }

    /// <summary>The region as values of another type; bytes behind the last whole one are left out.</summary>
    /// <typeparam name="T">A type without references.</typeparam>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    /// <exception cref="SafeRegionException">The region has more values than a span can have, 2^31 - 1 (MS7207).</exception>
    public Span<T> AsSpan<T>()
        where T : unmanaged
    {
        RegionLocation location = Reach();
        nuint count = location.Length / (nuint)sizeof(T);
        return count <= int.MaxValue
            ? new Span<T>(location.Start, (int)count)
            : throw new SafeRegionException(
                RuntimeCode.ViewDoesNotFit,
                $"The safe region has {count} values of type {typeof(T).Name}, more than a span can have; use Pointer and Length.");
    }

    /// <summary>A reference to the first value in the region.</summary>
    /// <typeparam name="T">A type without references, not larger than the region.</typeparam>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    /// <exception cref="SafeRegionException">The region is smaller than one value (MS7207).</exception>
    public ref T GetReference<T>()
        where T : unmanaged
    {
        RegionLocation location = Reach();
        if (location.Length < (nuint)sizeof(T))
        {
            throw new SafeRegionException(
                RuntimeCode.ViewDoesNotFit,
                $"The safe region has {location.Length} bytes, too few for one {typeof(T).Name} of {sizeof(T)}; allocate it larger.");
        }

        return ref Unsafe.AsRef<T>(location.Start);
    }

    /// <summary>
    /// Forbids writes from now on, by whitelisted code too: a write ends the process. Only for regions with pages of their own
    /// (<see cref="SafeRegionOptions.OwnPages"/>, <see cref="SafeRegionOptions.GuardAtEnd"/>, or at least 4096 bytes).
    /// </summary>
    /// <inheritdoc cref="Pointer" path="/exception"/>
    /// <exception cref="SafeRegionException">The region shares its pages (MS7206), is encrypted (MS7213), or the kernel refused (MS7202).</exception>
    public void MakeReadOnly() => RegionAllocator.MakeReadOnly(Arena.Current, _handle);

    /// <summary>
    /// Overwrites the region with zeros and ends it; its memory is reused late (at once, if it has more than 8 GiB). Spans and pointers into it must not be used any more:
    /// where the region had pages of its own, they fault. Disposing again does nothing.
    /// </summary>
    /// <exception cref="SafeRegionException">
    /// Something wrote behind the region's end (MS7205; the region is ended all the same), or the object's fields were overwritten (MS7203).
    /// </exception>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        CreationStacks.Forget(_handle);
        RegionAllocator.Release(Arena.Current, _handle);
    }

    /// <summary>Where the region is, for somebody who will access it: in a domain of the method <c>crypt</c>, the windows of this thread have it open then.</summary>
    private RegionLocation Reach()
    {
        RegionLocation location = Locate();
        if (location.IsEncrypted)
        {
            Windows.Reach(Arena.Current, _handle);
        }

        return location;
    }

    private RegionLocation Locate()
    {
        RegionLocation location = RegionLookup.Locate(Arena.Current, _handle);

        // The finalizer reports; it must not run while a member of this object does.
        GC.KeepAlive(this);
        return location;
    }
}
