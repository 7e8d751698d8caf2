using System.Globalization;
using MemSentry.Windows.Emulated;
using MemSentry.Windows.Naive;
using MemSentry.Windows.Stress;

namespace MemSentry.Windows;

/// <summary>Measures the figure windows-stress, or prepares the program of mpk for a machine that has protection keys.</summary>
public static class Program
{
    private const string Close = "1";

    private static readonly (string Count, double Minimum)[] Minima =
        [("windows", 1e5), ("collections", 200), ("hardware-exceptions", 1000), ("watchdog-looks", 100), ("threads", 100), ("hops", 100), ("allocations", 100)];

    /// <summary>After <c>stress</c>, how long and with which seed; or after <c>stage</c>, the folder to fill.</summary>
    /// <returns>0 if the whole programs did nothing wrong, did enough, and the copies were found out.</returns>
    public static int Main(string[] args) => args switch
    {
        ["stress", string seconds, string seed] => Stress(seconds, seed),
        ["stage", string folder] => Stage(folder),
        _ => Refuse(),
    };

    /// <summary>For each method, runs the stress for so many seconds at least, then a copy of the program that never closes for a moment.</summary>
    private static int Stress(string seconds, string seed)
    {
        double faults = 0;
        foreach (string method in WindowProgram.Methods)
        {
            if (method == "mpk" && !WindowProgram.HasKeys)
            {
                Console.WriteLine("method mpk is left out, because this machine has no protection keys; build/emulate-pku.sh has an emulated one");
                continue;
            }

            if (Judge(method, seconds, seed) is not { } found)
            {
                return 1;
            }

            faults += found;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"false faults, leaks and corruptions together: {faults}\nwindows-stress {faults} count"));
        return faults == 0 ? 0 : 1;
    }

    private static int Stage(string folder)
    {
        int count = EmulatedStage.Fill(folder, every: 1).Count;
        Console.WriteLine($"{count} commands; run them by: build/emulate-pku.sh --program {folder} --commands {Path.Combine(folder, EmulatedStage.FileName)}");
        return 0;
    }

    private static int Refuse()
    {
        Console.Error.WriteLine("Usage: MemSentry.Windows stress SECONDS SEED | stage FOLDER");
        return 2;
    }

    /// <summary>False faults, leaks and corruptions of the whole program; <see langword="null"/> if that says nothing.</summary>
    private static double? Judge(string method, string seconds, string seed)
    {
        Console.WriteLine($"method {method}, seed {seed}");
        var whole = new StressReport(WindowProgram.Run(WindowProgram.Whole(method), "stress", seconds, seed));
        Console.WriteLine(whole.Text);

        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-windows-");
        var open = new StressReport(WindowProgram.Run(NaiveProgram.Make(method, NaiveVersion.WithoutClose, folder.FullName), "stress", Close, seed, "calm"));
        folder.Delete(recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with close left out: {open.LeaksSeen} leaks seen{(open.IsComplete ? "" : ", until no more windows could be opened")}"));

        string[] missing = [.. Minima.Where(m => whole[m.Count] < m.Minimum).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Count} {whole[m.Count]} of {m.Minimum}"))];
        if (missing.Length > 0 || open.LeaksSeen == 0)
        {
            Console.Error.WriteLine(missing.Length > 0 ? $"Too little was done: {string.Join(", ", missing)}." : "The program without close was not found out.");
            return null;
        }

        return whole.Faults;
    }
}
