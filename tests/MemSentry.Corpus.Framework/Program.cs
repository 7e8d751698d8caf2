using System.Globalization;
using System.Reflection;
using MemSentry.Corpus.Children;

namespace MemSentry.Corpus.Framework;

/// <summary>Puts the framework's assemblies to work, then has the JIT compile members of them; or compares the works with woven assemblies to those with its own (<c>compare</c>).</summary>
internal static class Program
{
    /// <summary>Runs.</summary>
    /// <param name="args">What to compile (<see cref="MemberChoice"/>), and the file names of the assemblies; or <c>compare</c> and the arguments of <see cref="FrameworkArms"/>.</param>
    public static void Main(string[] args)
    {
        TextWriter output = Console.Out;
        if (args is ["compare", string woven, string seed, string generations])
        {
            FrameworkArms.Compare(woven, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(generations, CultureInfo.InvariantCulture));
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
