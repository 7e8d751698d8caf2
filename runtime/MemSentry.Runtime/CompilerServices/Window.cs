using System.ComponentModel;
using MemSentry.Allocation;
using MemSentry.Domains;

namespace MemSentry.CompilerServices;

/// <summary>
/// What gates and bodies of whitelisted members call under a domain-based method. A frame is told by the address of one of its variables,
/// which comes from a register: what was stored could be rewritten.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Window
{
    /// <summary>
    /// The arena. An exception instead of it would leave a window open for whoever has overwritten the field that leads to it, so it ends the process.
    /// </summary>
    private static ArenaHeader* Current
    {
        get
        {
            try
            {
                return Arena.Current;
            }
            catch (SafeRegionException tampered)
            {
                Environment.FailFast(tampered.Message);
                throw;
            }
        }
    }

    /// <summary>Opens a domain for this thread.</summary>
    /// <param name="domain">The domain's number.</param>
    /// <param name="rights">1 to read, 2 to read and write.</param>
    /// <param name="frame">The gate's frame.</param>
    /// <exception cref="SafeRegionException">Too many windows are open (MS7211).</exception>
    public static void Enter(int domain, int rights, nuint frame) =>
        Windows.Enter(Current, IndexOf(domain), (WindowRights)rights, frame);

    /// <summary>Closes what a frame and all that it called have opened. May be called again.</summary>
    /// <param name="frame">The gate's frame.</param>
    public static void Leave(nuint frame) => Windows.Leave(Current, frame);

    /// <summary>Closes all windows of this thread, before code that is not whitelisted runs.</summary>
    /// <param name="frame">The frame that will open them again; 1 when an exception passes.</param>
    public static void Suspend(nuint frame) => Windows.Suspend(Current, frame);

    /// <summary>Opens again what was closed for code that this frame called, or for an exception that it handles.</summary>
    /// <param name="frame">The frame of the whitelisted body.</param>
    public static void Resume(nuint frame) => Windows.Resume(Current, frame);

    /// <summary>The same in a domain that is protected by a key, which only this code knows: no record is kept of the windows that stubs open.</summary>
    /// <param name="domain">The domain's number.</param>
    /// <param name="rights">1 to read, 2 to read and write.</param>
    /// <param name="frame">The frame of the whitelisted body.</param>
    public static void Resume(int domain, int rights, nuint frame)
    {
        ArenaHeader* arena = Current;
        int index = DomainTable.Find(arena, domain);
        Windows.Resume(arena, frame, Windows.HasKey(arena, index));
        Windows.OpenByKey(arena, index, (WindowRights)rights);
    }

    /// <summary>Ends the process unless this thread has the domain open: the first act of every whitelisted body.</summary>
    /// <param name="domain">The domain's number.</param>
    /// <param name="rights">1 to read, 2 to read and write.</param>
    public static void Require(int domain, int rights)
    {
        ArenaHeader* arena = Current;
        int index = DomainTable.Find(arena, domain);
        if (!(index >= 0 && Windows.IsOpen(arena, index, (WindowRights)rights)))
        {
            Environment.FailFast(
                $"MS{(int)RuntimeCode.WindowNotOpen}: The body of a whitelisted member was entered without its gate, so its safe regions are closed; call the member itself. " +
                "If nobody meant to do otherwise, an attacker led the program here.");
        }
    }

    /// <summary>The same in a domain that is protected by a key, where the register has been asked.</summary>
    /// <param name="answer">What the stub answered: 1 if the domain is open, 0 if it is not, or if another method stands in for keys.</param>
    /// <param name="domain">The domain's number.</param>
    /// <param name="rights">1 to read, 2 to read and write.</param>
    public static void RequireKey(int answer, int domain, int rights)
    {
        if (answer == 0)
        {
            Require(domain, rights);
        }
    }

    private static int IndexOf(int domain)
    {
        ArenaHeader* arena = Current;
        int index = DomainTable.Find(arena, domain);
        if (index >= 0)
        {
            return index;
        }

        // Its first region may be allocated inside the window.
        return Reserve(arena, domain, out index) is { } refusal ? throw refusal : index;
    }

    private static SafeRegionException? Reserve(ArenaHeader* arena, int domain, out int index)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        return DomainTable.FindOrReserve(arena, domain, method: null, name: null, out index);
    }
}
