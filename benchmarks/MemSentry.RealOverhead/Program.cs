using System.Globalization;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;
using MemSentry.RealOverhead.Arms;
using MemSentry.RealOverhead.Measuring;

namespace MemSentry.RealOverhead;

/// <summary>
/// Prints the figure <c>overhead-real</c>: woven over unwoven processor time of programs whose libraries are woven. With <c>none</c> nothing is checked, which shows the noise; <c>compare</c> is
/// what it starts itself with.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["compare", string package, string woven, string scratch, string seed, string generations]:
                PackageArms.Compare(package, woven, scratch, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(generations, CultureInfo.InvariantCulture));
                return 0;
            case ["mpx" or "sfi" or "none", .. { Length: <= 1 } subject]:
                return Report(new Variant(Enum.Parse<ProtectionMethod>(args[0], ignoreCase: true), CheckedAccesses.ReadWrite), subject.SingleOrDefault(""));
            default:
                Console.Error.WriteLine("Usage: MemSentry.RealOverhead mpx|sfi|none [PART-OF-A-SUBJECT'S-NAME]");
                return 2;
        }
    }

    private static int Report(Variant variant, string part)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("memsentry-real-");
        try
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"overhead-real {Measure(variant, part, root.FullName):F3} ratio"));
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

    private static double Measure(Variant variant, string part, string root)
    {
        TimedSubject[] subjects = [.. TimedSubject.All.Where(s => s.Subject.Name.Contains(part, StringComparison.OrdinalIgnoreCase))];
        if (subjects.Length == 0)
            throw new InvalidDataException($"there is no subject '{part}'");

        // On all processors: nothing is timed yet.
        var trace = new Lazy<string>(() => TraceRecording.Make(root));
        WovenSubject[] woven = [.. subjects.AsParallel().AsOrdered().Select(s => WovenSubject.Make(s, variant, Directory.CreateDirectory(Path.Combine(root, s.Subject.Name)).FullName, trace))];
        foreach (WovenSubject subject in woven)
            Console.WriteLine(subject.Description);

        return WorkTable.Print([.. woven.SelectMany(WorkSamples.Of)]);
    }
}
