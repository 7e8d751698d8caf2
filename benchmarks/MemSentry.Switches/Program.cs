using MemSentry.Analysis.Diagnostics;
using MemSentry.Benchmarks;
using MemSentry.Switches.Arms;
using MemSentry.Switches.Measuring;

namespace MemSentry.Switches;

/// <summary>
/// Prints a figure: the time of a read of eight bytes under a method by one way over that by another, <c>gate/libsodium</c> say. A name of a method that this
/// machine or this version does not have is refused with the reason.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        if (args is not [string figure, string method, string ratio] || ratio.Split('/') is not [string over, string under])
        {
            Console.Error.WriteLine("Usage: MemSentry.Switches FIGURE METHOD gate|libsodium|bare|constants/gate|libsodium|bare|constants");
            return 2;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-switches-");
        try
        {
            Console.WriteLine(FormattableString.Invariant($"{figure} {Measure(method, over, under, folder.FullName):F3} ratio"));
            return 0;
        }
        catch (Exception e) when (e is WeaveException or PlatformNotSupportedException or InvalidDataException or IOException)
        {
            Console.Error.WriteLine($"{figure} could not be measured: {MissingMethod.Create(method, e.Message).Why}");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Arm[] Bare(string method) => method switch
    {
        "mprotect" => [BarePages.Create()],
        "mpk" => BareStubs.Create(),
        _ => [],
    };

    private static double Measure(string method, string over, string under, string folder)
    {
        bool asksLibsodium = over == Libsodium.Name || under == Libsodium.Name;
        Arm[] arms = [Gate.Create(method, folder), .. Bare(method), .. asksLibsodium || Libsodium.IsInstalled ? [Libsodium.Create()] : Array.Empty<Arm>()];
        int[] asked = [Array.FindIndex(arms, a => a.Name == over), Array.FindIndex(arms, a => a.Name == under)];
        if (asked.Contains(-1))
            throw new InvalidDataException($"Under {method} there are only {string.Join(", ", arms.Select(a => a.Name))} to compare.");

        Comparison comparison = Comparison.Of(arms);
        Console.WriteLine($"a read of 8 bytes, medians of {comparison.Rounds.Count} rounds");
        for (int i = 0; i < arms.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"  {arms[i].Name,-10} {comparison.Typical(i),8:F1} ns   {arms[i].Description}"));
        return comparison.Ratio(asked[0], asked[1]);
    }
}
