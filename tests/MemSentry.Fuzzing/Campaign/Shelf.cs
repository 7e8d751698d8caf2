using System.Globalization;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Keeps what was found, as small as it gets.</summary>
internal static class Shelf
{
    /// <summary>Shrinks members and writes them into a folder, as regressions.</summary>
    public static void Put(IEnumerable<Discovery> discoveries, Engine engine, string folder)
    {
        Directory.CreateDirectory(folder);
        string root = Directory.CreateTempSubdirectory("memsentry-shrinking-").FullName;
        var builder = new BatchBuilder(new MemberCompiler(), engine, root);
        foreach (Discovery discovery in discoveries.Where(d => d.Finding.Member >= 0))
        {
            using var trial = new Trial(builder, discovery, root);
            Member small = new Shrinker(trial.Fail).Shrink(discovery.Batch.Members[discovery.Finding.Member]);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"member-{discovery.Number}.json"));
            File.WriteAllText(path, new Regression(discovery.ToString(), small).ToString());
            Console.WriteLine($"{path}:");
            Console.WriteLine(MemberText.Of(small, "M"));
        }

        Directory.Delete(root, recursive: true);
    }
}
