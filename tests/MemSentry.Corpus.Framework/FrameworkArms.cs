using System.Reflection;
using MemSentry.Benchmarks.Comparing;
using MemSentry.Corpus.Children;

namespace MemSentry.Corpus.Framework;

/// <summary>Compares the framework with itself: this program, in contexts of which each brings all of a framework but the core library, of which a process has one.</summary>
internal static class FrameworkArms
{
    private const string CoreLibrary = "System.Private.CoreLib";

    /// <summary>Compares, and prints what <see cref="PairedWorks"/> prints.</summary>
    /// <param name="woven">A folder with a complete framework.</param>
    /// <param name="seed">Decides places and turns.</param>
    /// <param name="generations">How often to load both anew.</param>
    public static void Compare(string woven, int seed, int generations) => new PairedWorks(isWoven => Load(isWoven ? woven : AppContext.BaseDirectory), seed).Print(generations, Console.Out);

    private static IReadOnlyDictionary<string, Action<TextWriter>> Load(string folder)
    {
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.dll").Select(f => Path.GetFileName(f)!).Where(f => Path.GetFileNameWithoutExtension(f) != CoreLibrary);
        var context = new SubjectContext(folder, files, typeof(FrameworkArms).Assembly);
        PropertyInfo works = context.Program.GetType(typeof(WorkList).FullName!)!.GetProperty(nameof(WorkList.Timed))!;
        return (IReadOnlyDictionary<string, Action<TextWriter>>)works.GetValue(null)!;
    }
}
