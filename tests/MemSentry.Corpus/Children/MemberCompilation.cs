using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemSentry.Corpus.Children;

/// <summary>
/// Makes the JIT compile members of an assembly: the validity test of woven code, because no IL verifier understands pointers
/// (<c>InvalidProgramException</c> is what the JIT says of an unbalanced stack or a branch into nowhere).
/// </summary>
public static class MemberCompilation
{
    /// <summary>Compiles all members of an assembly file.</summary>
    public static void Run(string file, TextWriter output) => Run(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, file)), new MemberChoice(MemberChoice.All), output);

    /// <summary>Compiles members; prints one line per failure, one per member without fitting type arguments, and the counts.</summary>
    public static void Run(Assembly assembly, MemberChoice choice, TextWriter output)
    {
        output.WriteLine("woven " + assembly.GetCustomAttributesData().Any(a => a.AttributeType.Name == "WovenAssemblyAttribute"));
        int compiled = 0;
        int failed = 0;
        int open = 0;
        var arguments = new GenericArguments(assembly);
        foreach (MethodBase method in choice.In(assembly))
        {
            IReadOnlyList<RuntimeTypeHandle[]> instantiations = arguments.For(method);
            if (instantiations.Count == 0)
            {
                open++;
                output.WriteLine("open " + Name(method));
            }
            else if (instantiations.Select(i => Failure(method, i)).FirstOrDefault(f => f is not null) is { } failure)
            {
                failed++;
                output.WriteLine($"failed {Name(method)}: {failure}");
            }
            else
            {
                compiled++;
            }
        }

        output.WriteLine($"compiled {compiled} failed {failed} open {open}");
    }

    private static string Name(MethodBase method) => $"{method.DeclaringType?.FullName ?? "<Module>"}::{method}";

    private static string? Failure(MethodBase method, RuntimeTypeHandle[] arguments)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
            return null;
        }
        catch (Exception e)
        {
            return e.GetType().Name;
        }
    }
}
