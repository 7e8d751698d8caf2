using System.Reflection;
using MemSentry.Corpus.Children;

namespace MemSentry.Corpus.Framework;

/// <summary>Puts the framework's assemblies to work, then has the JIT compile members of them; or works as often as it is asked to (<c>serve</c>).</summary>
internal static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">What to compile (<see cref="MemberChoice"/>), and the file names of the assemblies; or <c>serve</c>.</param>
    public static void Main(string[] args)
    {
        TextWriter output = Console.Out;
        if (args is ["serve"])
        {
            WorkServer.Serve(WorkList.Timed, Console.In, output);
            return;
        }

        foreach (Action<TextWriter> work in WorkList.Checked.Values)
            work(output);

        var choice = new MemberChoice(args[0]);
        foreach (string file in args[1..])
        {
            Assembly assembly = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == Path.GetFileNameWithoutExtension(file));
            output.WriteLine("== " + file);
            MemberCompilation.Run(assembly, choice, output);
        }
    }
}
