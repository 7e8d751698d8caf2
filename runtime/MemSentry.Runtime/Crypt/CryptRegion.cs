using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Crypt;

/// <summary>
/// A region that holds ciphertext while nobody has it open. The first <see cref="Open"/> decrypts it, for all threads, and the last <see cref="Close"/> encrypts it
/// under a new nonce; those between only count.
/// </summary>
/// <remarks>
/// What it stops: who reads the region while it is closed sees ciphertext; who changes it, or brings an older state back, ends the process at the next open.
/// What it does not: while a window is open, every thread reads and writes the region; keys can be read where code can (<see cref="Isolation"/>); who has
/// captured the header during an open can keep that window from ever closing, by putting back an earlier reader count of the same window.
/// <para>
/// The object itself decides nothing that matters: addresses and keys are immediate operands of the stubs. Who overwrites the pointers to the stubs has
/// hijacked control flow, which is beyond this method.
/// </para>
/// </remarks>
internal sealed unsafe class CryptRegion : IDisposable
{
    private readonly CryptStorage _storage;
    private readonly CryptStubs _stubs;
    private readonly CryptStubPlan _plan;
    private readonly string? _name;

    private CryptRegion(CryptStorage storage, CryptStubPlan plan, string? name) =>
        (_storage, _stubs, _plan, _name) = (storage, storage.Stubs, plan, name);

    /// <summary>First byte.</summary>
    public ulong Address => _plan.Address;

    /// <summary>Bytes.</summary>
    public int Length => _plan.Length;

    /// <summary>The bytes: plaintext in a window, ciphertext outside.</summary>
    public Span<byte> Span => new((void*)_plan.Address, _plan.Length);

    /// <summary>Windows that are open at this moment.</summary>
    public int Readers => Volatile.Read(ref ((CryptHeader*)_plan.Header)->Count);

    /// <summary>The same for the arena's records, which outlive this object.</summary>
    public RegionCipher Cipher => new()
    {
        Open = _stubs.OpenEntry,
        Close = _stubs.CloseEntry,
        Code = _stubs.Address,
        CodeLength = _stubs.Length,
        TagAddress = _plan.Tag?.Address ?? 0,
        TagFile = _plan.Tag?.File ?? -1,
        TagOffset = _plan.Tag?.Offset ?? 0,
    };

    /// <summary>First byte of the pages with code and keys.</summary>
    public ulong CodeAddress => _stubs.Address;

    /// <summary>What the method is worth on this machine.</summary>
    public string Isolation => CryptIsolation.Describe(ProcessorFacts.Read(), CryptIsolation.Confirm(_stubs.Address));

    /// <summary>Makes a region of zeros, closed, in pages of its own.</summary>
    /// <param name="length">Bytes.</param>
    /// <param name="options">Its name and how it is kept; the defaults if left out.</param>
    /// <exception cref="PlatformNotSupportedException">The processor lacks instructions.</exception>
    /// <exception cref="SafeRegionException">The region is too large, or the kernel refuses something; the message says what.</exception>
    public static CryptRegion Create(int length, CryptRegionOptions? options = null)
    {
        options ??= new CryptRegionOptions();
        Refuse(length, options);
        Check(CryptPages.Create(length, out CryptPages pages));
        try
        {
            return Start(pages.Start, pages.Region, length, options, pages);
        }
        catch (Exception refusal) when (refusal is SafeRegionException or PlatformNotSupportedException)
        {
            pages.Release();
            throw;
        }
    }

    /// <summary>Closes memory of somebody else, who keeps it as long as there is the region: what is in it becomes the region's content.</summary>
    /// <param name="header">Address of <see cref="CryptHeader.Length"/> bytes, aligned to 4, outside the region.</param>
    /// <param name="address">First byte of the region.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="options">Its name and how it is kept; the defaults if left out.</param>
    /// <exception cref="PlatformNotSupportedException">The processor lacks instructions.</exception>
    /// <exception cref="SafeRegionException">The region is too large, or the kernel refuses something; the message says what.</exception>
    public static CryptRegion Over(ulong header, ulong address, int length, CryptRegionOptions? options = null)
    {
        options ??= new CryptRegionOptions();
        Refuse(length, options);
        return Start(header, address, length, options, pages: null);
    }

    /// <summary>Opens a window.</summary>
    /// <exception cref="SafeRegionException">The region has too many.</exception>
    /// <exception cref="ObjectDisposedException">The region was disposed.</exception>
    public void Open()
    {
        Check(_stubs.Open());
        GC.KeepAlive(this);
    }

    /// <summary>Closes a window that this caller has opened.</summary>
    public void Close()
    {
        Check(_stubs.Close());
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Clears the region; from then on it cannot be opened. Its pages, keys among them, go when nobody can call it any more: that only the collector knows.
    /// </summary>
    /// <exception cref="SafeRegionException">A window is open; nothing was done.</exception>
    public void Dispose()
    {
        var header = (CryptHeader*)_plan.Header;
        using (HeaderLock.Enter(header))
        {
            if (header->Count > 0)
            {
                throw new SafeRegionException(
                    RuntimeCode.RegionInUse, $"{CryptFailure.Region(_name)} is in use: {header->Count} windows are open; dispose it when they are closed.");
            }

            Span.Clear();
            header->Count = CryptHeader.Released;
        }

        _storage.IsReleasable = true;
    }

    private static void Refuse(int length, CryptRegionOptions options)
    {
        if (CryptRefusals.Find(ProcessorFacts.Read()) is { } refusal)
        {
            throw refusal.ToException();
        }

        if (CryptRefusals.Find(length, options.MaxRegionSize) is { } tooLarge)
        {
            throw tooLarge;
        }
    }

    private static CryptRegion Start(ulong header, ulong address, int length, CryptRegionOptions options, CryptPages? pages)
    {
        TagPlace? tag = null;
        if (options.IsAuthenticated)
        {
            Check(TagPlaces.Take(out TagPlace place));
            tag = place;
        }

        var plan = new CryptStubPlan
        {
            Form = options.Form ?? CipherForms.Best(ProcessorFacts.Read()) ?? CipherForm.Single,
            Header = header,
            Address = address,
            Length = length,
            Tag = tag,
        };
        CryptStubs stubs = CreateStubs(plan);
        CryptStatus.Note(stubs);
        var region = new CryptRegion(new CryptStorage(stubs, pages, tag), plan, options.Name);
        region.Close();
        return region;
    }

    private static CryptStubs CreateStubs(CryptStubPlan plan)
    {
        bool isDone = false;
        try
        {
            Check(RegionSecrets.CreateStubs(plan, out CryptStubs? stubs));
            isDone = true;
            return stubs!;
        }
        catch (FileNotFoundException missing)
        {
            throw CryptRefusals.Create(missing).ToException();
        }
        finally
        {
            if (!isDone && plan.Tag is { } taken)
            {
                TagPlaces.Return(taken);
            }
        }
    }

    private static void Check(SystemCallFailure? failure)
    {
        if (failure is not null)
        {
            throw CryptRefusals.Create(failure);
        }
    }

    private void Check(CryptResult result)
    {
        if (result != CryptResult.Done)
        {
            CryptFailure.Raise(result, _name);
        }
    }
}
