using System.Reflection;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Subjects;

namespace MemSentry.RealOverhead.Arms;

/// <summary>The process that works with a package: this program, in a context where it meets the assemblies of one folder.</summary>
internal static class PackageServer
{
    /// <summary>Serves until its input ends.</summary>
    public static void Run(string package, string folder, string scratch)
    {
        Subject subject = SubjectCatalog.All.Single(s => s.Name == package);
        var context = new SubjectContext(folder, subject.Files, typeof(PackageServer).Assembly);
        context.Program.GetType(typeof(PackageServer).FullName!)!.GetMethod(nameof(Work), BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [package, scratch], null);
    }

    /// <summary>Called in the context of the subject.</summary>
    private static void Work(string package, string scratch) => WorkServer.Serve(
        TimedSubject.WorksOf(package).ToDictionary(w => w.Key, w => (Action<TextWriter>)(output => w.Value(scratch, output))), Console.In, Console.Out);
}
