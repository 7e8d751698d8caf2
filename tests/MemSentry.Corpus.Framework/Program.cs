using System.Reflection;
using MemSentry.Corpus.Children;
using MemSentry.Corpus.Framework.Workloads;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework;

/// <summary>Puts the framework's assemblies to work, then has the JIT compile members of them.</summary>
internal static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">What to compile (<see cref="MemberChoice"/>), and the file names of the assemblies.</param>
    public static void Main(string[] args)
    {
        TextWriter output = Console.Out;
        MetadataWorkload.Run(output);
        XmlWorkload.Run(output);
        UriWorkload.Run(output);
        CodePageWorkload.Run(output);
        NumericsWorkload.Run(output);
        ContractWorkload.Run(output);

        var choice = new MemberChoice(args[0]);
        foreach (string file in args[1..])
        {
            Assembly assembly = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == Path.GetFileNameWithoutExtension(file));
            output.WriteLine("== " + file);
            MemberCompilation.Run(assembly, choice, output);
        }
    }
}
