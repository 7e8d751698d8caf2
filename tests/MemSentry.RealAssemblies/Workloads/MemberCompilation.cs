using System.Reflection;
using System.Runtime.CompilerServices;

namespace MemSentry.RealAssemblies.Workloads;

/// <summary>
/// Makes the JIT compile every member of an assembly: the validity test of woven code, because no IL verifier understands pointers
/// (<c>InvalidProgramException</c> is what the JIT says of an unbalanced stack or a branch into nowhere).
/// </summary>
public static class MemberCompilation
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Compiles all members; prints one line per failure, one per member without fitting type arguments, and the counts.</summary>
    public static void Run(string file, TextWriter output)
    {
        Assembly assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, file));
        output.WriteLine("woven " + assembly.GetCustomAttributesData().Any(a => a.AttributeType.Name == "WovenAssemblyAttribute"));
        int compiled = 0;
        int failed = 0;
        int open = 0;
        foreach (MethodBase method in Members(assembly))
        {
            string name = $"{method.DeclaringType?.FullName ?? "<Module>"}::{method}";
            if (GenericArguments.For(method) is not { } arguments)
            {
                open++;
                output.WriteLine("open " + name);
            }
            else if (Failure(method, arguments) is { } failure)
            {
                failed++;
                output.WriteLine($"failed {name}: {failure}");
            }
            else
            {
                compiled++;
            }
        }

        output.WriteLine($"compiled {compiled} failed {failed} open {open}");
    }

    private static IEnumerable<MethodBase> Members(Assembly assembly) =>
        assembly.ManifestModule.GetMethods(All)
            .Concat(assembly.GetTypes().SelectMany(type => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))))
            .Where(HasBody);

    private static bool HasBody(MethodBase method) =>
        !method.IsAbstract
        && !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)
        && (method.MethodImplementationFlags & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.InternalCall)) == MethodImplAttributes.IL;

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
