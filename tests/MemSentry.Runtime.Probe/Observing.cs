using MemSentry.CompilerServices;
using MemSentry.Domains;

namespace MemSentry.Runtime.Probe;

/// <summary>Observers of exceptions, and filters, that look at the runtime and use regions themselves while one is refused.</summary>
internal static unsafe class Observing
{
    private static bool _isLooking;

    public static int Run(string[] arguments)
    {
        string settings = arguments[0] == "mpx" ? Starting.Settings : Windowing.Settings.Replace("mpx", arguments[0], StringComparison.Ordinal);
        WovenModule.Start("Probe", AddressSpaceLayout.Version, settings);
        SafeRegion region = SafeRegion.Allocate(64, new() { Name = "probe" });
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => Look("observer", thrown.Exception);
        try
        {
            Provoke(arguments[1], region);
        }
        catch (Exception refusal) when (Look("filter", refusal))
        {
            Console.WriteLine("caught");
        }

        return 0;
    }

    private static void Provoke(string refusal, SafeRegion region)
    {
        switch (refusal)
        {
            case "canary":
                byte mark;
                Window.Enter(DomainTable.NumberOf(DomainTable.DefaultName), 2, (nuint)(&mark));
                region.Pointer[64] ^= 1;
                Window.Leave((nuint)(&mark));
                region.Dispose();
                break;
            case "full":
                SafeRegion.Allocate(unchecked((nuint)AddressSpaceLayout.ArenaLength));
                break;
            case "shared-pages":
                region.MakeReadOnly();
                break;
            case "domains":
                for (int i = 0; ; i++)
                {
                    SafeRegion.Allocate(16, new() { Domain = $"domain {i}" });
                }

            case "too-large":
                SafeRegion.Allocate(65537);
                break;
            case "alignment":
                SafeRegion.Allocate(64, new() { Alignment = 8192 });
                break;
            default:
                throw new ArgumentException($"No refusal is called '{refusal}'.");
        }
    }

    private static bool Look(string who, Exception refusal)
    {
        if (_isLooking)
        {
            return true;
        }

        _isLooking = true;
        using (SafeRegion another = SafeRegion.Allocate(32))
        {
            Console.WriteLine($"{who}: {refusal.GetType().Name} {MemSentryRuntime.GetLiveRegions().Count(live => live.Name.Length == 0 && live.Length == 32)}");
        }

        _isLooking = false;
        return true;
    }
}
