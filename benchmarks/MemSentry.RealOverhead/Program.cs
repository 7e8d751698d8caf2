using System.Globalization;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Corpus.Subjects;
using MemSentry.RealOverhead.Arms;
using MemSentry.RealOverhead.Measuring;

namespace MemSentry.RealOverhead;

/// <summary>
/// Prints the figure <c>overhead-real</c>: woven over unwoven processor time of programs whose libraries are woven. With <c>none</c> nothing is checked, which shows the noise; <c>serve</c> is what it starts itself with.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["serve", string package, string folder, string scratch]:
                PackageServer.Run(package, folder, scratch);
                return 0;
            case ["mpx" or "sfi" or "none"]:
                return Report(new Variant(Enum.Parse<ProtectionMethod>(args[0], ignoreCase: true), CheckedAccesses.ReadWrite));
            default:
                Console.Error.WriteLine("Usage: MemSentry.RealOverhead mpx|sfi|none");
                return 2;
        }
    }

    private static int Report(Variant variant)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("memsentry-real-");
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"overhead-real {Measure(variant, root.FullName):F3} ratio"));
            return 0;
        }
        catch (Exception e) when (e is WeaveException or IOException or InvalidDataException or InvalidOperationException)
        {
            Console.Error.WriteLine($"It could not be measured: {e.Message}");
            return 1;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static double Measure(Variant variant, string root)
    {
        using var pairs = ArmPairs.Start(variant, root);
        foreach (ArmPair pair in pairs.All)
            Console.WriteLine(pair.Description);

        return WorkTable.Print([.. pairs.All.SelectMany(pair => pair.Subject.Works.Select(work => WorkComparison.Of(pair, work)))]);
    }
}
