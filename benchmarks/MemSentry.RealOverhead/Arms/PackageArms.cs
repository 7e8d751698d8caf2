using System.Reflection;
using MemSentry.Benchmarks.Comparing;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;

namespace MemSentry.RealOverhead.Arms;

/// <summary>The process that compares a package with itself: this program, in contexts of which each meets the assemblies of one folder.</summary>
internal static class PackageArms
{
    /// <summary>Compares, and prints what <see cref="PairedWorks"/> prints.</summary>
    /// <param name="package">The name of the subject.</param>
    /// <param name="woven">The folder with the woven assemblies.</param>
    /// <param name="scratch">A folder for files, in which each arm has one of its own.</param>
    /// <param name="seed">Decides places and turns.</param>
    /// <param name="generations">How often to load both anew.</param>
    public static void Compare(string package, string woven, string scratch, int seed, int generations)
    {
        Subject subject = SubjectCatalog.All.Single(s => s.Name == package);
        new PairedWorks(isWoven => Load(subject, isWoven ? woven : subject.Originals, Path.Combine(scratch, isWoven ? "woven" : "unwoven")), seed).Print(generations, Console.Out);
    }

    private static IReadOnlyDictionary<string, Action<TextWriter>> Load(Subject subject, string folder, string scratch)
    {
        var context = new SubjectContext(folder, subject.Files, typeof(PackageArms).Assembly);
        MethodInfo works = context.Program.GetType(typeof(PackageArms).FullName!)!.GetMethod(nameof(Works), BindingFlags.Static | BindingFlags.NonPublic)!;
        return (IReadOnlyDictionary<string, Action<TextWriter>>)works.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [subject.Name, scratch], null)!;
    }

    /// <summary>Called in the context of the subject.</summary>
    private static Dictionary<string, Action<TextWriter>> Works(string package, string scratch) =>
        TimedSubject.WorksOf(package).ToDictionary(w => w.Key, w => (Action<TextWriter>)(output => w.Value(scratch, output)));
}
