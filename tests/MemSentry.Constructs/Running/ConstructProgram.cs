using System.Globalization;
using System.Reflection;
using MemSentry.CompilerServices;
using MemSentry.Constructs.Building;
using MemSentry.Corpus.Children;

namespace MemSentry.Constructs.Running;

/// <summary>
/// The child process. A fixture is a public static member without parameters that returns text or a number: it is run, and what it returned or threw is printed.
/// Nothing that is printed may depend on an address, the time or the order of threads.
/// </summary>
public static class ConstructProgram
{
    /// <summary>Last line of a complete run.</summary>
    public const string End = "end";

    /// <summary>Starts a line that names the fixture about to run: the last one tells where a process died.</summary>
    public const string Begin = "== ";

    private static readonly HashSet<Type> FixtureTypes = [typeof(string), typeof(Task<string>), typeof(long)];

    /// <summary>Runs all fixtures of a folder.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="variant">What they have to be; anything else is an error.</param>
    /// <param name="rounds">How often each fixture is run; it has to say the same every time.</param>
    /// <param name="filter">Part of the fixtures' names; empty for all.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, Variant variant, int rounds, string filter)
    {
        Assembly[] assemblies = [.. FixtureFiles.All.Select(file => Assembly.LoadFrom(Path.Combine(folder, file)))];
        if (assemblies.FirstOrDefault(a => a.IsDefined(typeof(WovenAssemblyAttribute)) == (variant == Variant.Unwoven)) is { } wrong)
        {
            Console.Error.WriteLine($"{wrong.Location} is {(variant == Variant.Unwoven ? "" : "not ")}woven.");
            return 3;
        }

        foreach (MethodInfo fixture in assemblies.SelectMany(Fixtures).Where(f => Name(f).Contains(filter, StringComparison.Ordinal)))
        {
            Console.WriteLine(Begin + Name(fixture));
            string first = Outcome(fixture);
            Console.WriteLine(first);
            for (int round = 1; round < rounds; round++)
            {
                if (Outcome(fixture) is { } other && other != first)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {other}"));
            }

            if (variant.HasWindows && !TouchedRegion.IsClosed())
            {
                Console.Error.WriteLine($"The region is open behind {Name(fixture)}.");
                return 4;
            }
        }

        if (variant.HasWindows && (TouchedRegion.Touches == 0 || TouchedRegion.Mistakes != 0))
        {
            Console.Error.WriteLine($"The region was touched {TouchedRegion.Touches} times and held 0x{TouchedRegion.Mistakes:x}, which nobody stored.");
            return 5;
        }

        Console.WriteLine(End);
        return 0;
    }

    /// <summary>Has the JIT compile all members of all fixtures.</summary>
    /// <returns>The exit code.</returns>
    public static int Prepare(string folder)
    {
        foreach (string file in FixtureFiles.All)
            MemberCompilation.Run(Path.Combine(folder, file), Console.Out);
        Console.WriteLine(End);
        return 0;
    }

    private static IEnumerable<MethodInfo> Fixtures(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetParameters().Length == 0 && !method.IsGenericMethod && FixtureTypes.Contains(method.ReturnType)
        orderby type.FullName, method.Name
        select method;

    private static string Name(MethodInfo fixture) => $"{fixture.DeclaringType!.FullName}.{fixture.Name}";

    private static string Outcome(MethodInfo fixture)
    {
        try
        {
            object? result = fixture.Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, CultureInfo.InvariantCulture);
            return result is Task<string> task ? task.GetAwaiter().GetResult() : Convert.ToString(result, CultureInfo.InvariantCulture)!;
        }
        catch (Exception e)
        {
            return $"threw {e.GetType().Name}: {e.Message}";
        }
    }
}
