using System.Globalization;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>Keeps what was found, as small as it gets.</summary>
internal static class Shelf
{
    /// <summary>Shrinks what was found and writes it into a folder, as regressions.</summary>
    public static void Put(ICampaign campaign, IEnumerable<Discovery> discoveries, string folder)
    {
        Directory.CreateDirectory(folder);
        string root = Directory.CreateTempSubdirectory("memsentry-shrinking-").FullName;
        foreach (Discovery discovery in discoveries.Where(d => d.Finding.Member >= 0))
        {
            (string file, string source) = campaign.Shrink(discovery, root);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{campaign.Subject}-{discovery.Number}.json"));
            File.WriteAllText(path, file);
            Console.WriteLine($"{path}:");
            Console.WriteLine(source);
        }

        Directory.Delete(root, recursive: true);
    }
}
