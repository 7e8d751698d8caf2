using System.Security.Cryptography;
using System.Text;

namespace MemSentry.Tests;

/// <summary>
/// What tests compile, kept for other runs of the same tests if somebody names a folder for it. Who runs them again and again on different engines does (MemSentry.SeededBugs):
/// the compiler is no part of an engine, and its start takes longer than most tests.
/// </summary>
internal static class KeptImages
{
    // MemSentry.SeededBugs knows it by this name, too. The folder is empty at first, and serves one build of the tests.
    private const string FolderVariable = "MEMSENTRY_KEPT_IMAGES";

    /// <summary>Compiles, or has it from another run.</summary>
    /// <param name="sources">All that the result depends on and that is not the same for all callers in this assembly.</param>
    /// <param name="compile">Gives the files of the result, the image first.</param>
    public static IReadOnlyList<byte[]> Get(IEnumerable<string> sources, Func<IReadOnlyList<byte[]>> compile)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
            return compile();

        string kept = Path.Combine(folder, Key(sources));
        if (Directory.Exists(kept))
            return [.. Directory.GetFiles(kept).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

        IReadOnlyList<byte[]> files = compile();
        Keep(files, kept);
        return files;
    }

    private static string Key(IEnumerable<string> sources)
    {
        string all = string.Join('\0', [typeof(KeptImages).Assembly.GetName().Name!, .. sources]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>In one step, because other processes may look for it, or keep the same.</summary>
    private static void Keep(IReadOnlyList<byte[]> files, string kept)
    {
        string unfinished = $"{kept}-{Guid.NewGuid():N}";
        Directory.CreateDirectory(unfinished);
        for (int i = 0; i < files.Count; i++)
            File.WriteAllBytes(Path.Combine(unfinished, $"{i}"), files[i]);
        try
        {
            Directory.Move(unfinished, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }
}
