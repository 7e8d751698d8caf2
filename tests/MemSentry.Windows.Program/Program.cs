using MemSentry.Windows.Program.Facts;
using MemSentry.Windows.Program.Stress;

namespace MemSentry.Windows.Program;

/// <summary>Runs one fact, or the stress. It ends with 0 if nothing was open that should be closed, and with 1 otherwise; a false fault kills it.</summary>
public static class Program
{
    /// <summary>Whitelisted itself, so that all that follows runs inside of what a whitelisted member called.</summary>
    [SafeRegionAccess]
    public static unsafe int Main(string[] args)
    {
        *Secret.Key.Pointer = 1;
        return args switch
        {
            ["fact", string name, .. string[] rest] => FactCatalog.Run(name, rest),
            ["stress", string seconds, string seed] => StressRun.Run(seconds, seed, isCalm: false),
            ["stress", string seconds, string seed, "calm"] => StressRun.Run(seconds, seed, isCalm: true),
            _ => Usage(),
        };
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Usage: MemSentry.Windows.Program fact NAME | stress SECONDS SEED [calm]");
        return 2;
    }
}
