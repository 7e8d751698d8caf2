using System.Reflection;
using MemSentry.Corpus.Subjects;

namespace MemSentry.Corpus.Children;

/// <summary>The child: does a subject's work with the assemblies of one folder, then compiles members of them.</summary>
internal static class ChildProgram
{
    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string name, string folder, string scratch, string members)
    {
        Subject subject = SubjectCatalog.All.Single(s => s.Name == name);
        var context = new SubjectContext(folder, subject.Files, typeof(ChildProgram).Assembly);
        context.Program.GetType(typeof(ChildProgram).FullName!)!.GetMethod(nameof(Work), BindingFlags.Static | BindingFlags.NonPublic)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [name, scratch], null);

        var choice = new MemberChoice(members);
        foreach (string file in subject.Files)
        {
            Assembly assembly = context.Loaded(file) ?? throw new InvalidOperationException($"The workload of {name} has no use for {file}.");
            Console.WriteLine(ChildReport.Section + file);
            MemberCompilation.Run(assembly, choice, Console.Out);
        }

        return 0;
    }

    /// <summary>Called in the context of the subject.</summary>
    private static void Work(string name, string scratch) => ((PackageSubject)SubjectCatalog.All.Single(s => s.Name == name)).Work(scratch, Console.Out);
}
