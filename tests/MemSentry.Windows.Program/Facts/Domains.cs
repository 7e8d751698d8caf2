using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Domains open one by one.</summary>
internal static unsafe class Domains
{
    private static readonly SafeRegion Vault = SafeRegion.Allocate(32, new() { Name = "vault", Domain = "vault" });
    private static readonly SafeRegion Large = SafeRegion.Allocate(8192, new() { Name = "large", Domain = "vault", GuardAtEnd = true });

    public static int Run()
    {
        Look("vault closed", (nint)Vault.Pointer, expected: false);
        Open(() => Look("vault closed for a callee", (nint)Vault.Pointer, expected: false));
        Peek();
        Look("vault closed again", (nint)Large.Pointer, expected: false);

        // The default domain's member must not reach the vault: this ends the process.
        Console.WriteLine($"so far {Probe.Leaks} leaks");
        return Wrong();
    }

    public static int RunLimit()
    {
        try
        {
            for (int i = 0; i < 20; i++)
            {
                _ = SafeRegion.Allocate(16, new() { Domain = $"domain {i}" });
            }
        }
        catch (SafeRegionException e)
        {
            Console.WriteLine(e.Message);
            return 0;
        }

        return 1;
    }

    [SafeRegionAccess(Domain = "vault")]
    private static void Open(Action foreign)
    {
        *Vault.Pointer = 7;
        foreign();
        Large.Pointer[8191] = *Vault.Pointer;
    }

    [SafeRegionAccess(RegionAccess.Read, Domain = "vault")]
    private static void Peek()
    {
        byte value = *Vault.Pointer;
        Console.WriteLine($"in the vault: {value}");
    }

    [SafeRegionAccess]
    private static int Wrong() => *Vault.Pointer;

    private static void Look(string place, nint address, bool expected)
    {
        if (Probe.IsOpen(address) != expected)
        {
            Console.WriteLine($"WRONG: {place}");
            Environment.FailFast(place);
        }
    }
}
