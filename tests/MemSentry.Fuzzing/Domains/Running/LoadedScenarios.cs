using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using MemSentry.Fuzzing.Domains.CSharp;

namespace MemSentry.Fuzzing.Domains.Running;

/// <summary>The scenarios of one assembly. It stays loaded; runners are replaced before that matters.</summary>
internal sealed class LoadedScenarios
{
    private readonly Assembly _assembly;
    private readonly Type _world;

    /// <summary>Loads it beside all others of the same name.</summary>
    public LoadedScenarios(string path, bool staysOpenForCallees, Func<nint, bool> isOpen)
    {
        _assembly = new AssemblyLoadContext(path).LoadFromAssemblyPath(path);
        RuntimeHelpers.RunModuleConstructor(_assembly.ManifestModule.ModuleHandle);
        _world = _assembly.GetType($"{ScenarioFiles.Namespace}.World", throwOnError: true)!;
        Field("IsOpen").SetValue(null, isOpen);
        Field("StaysOpenForCallees").SetValue(null, staysOpenForCallees);
        Method(_world, "Start").Invoke(null, null);
    }

    /// <summary>Where a region was open in the scenario that ran last.</summary>
    public IReadOnlyList<string> Leaks => (List<string>)Field("Leaks").GetValue(null)!;

    /// <summary>How often a gate was called.</summary>
    public long Gates => Count("Gates");

    /// <summary>How often somebody looked.</summary>
    public long Looks => Count("Looks");

    /// <summary>Runs a scenario.</summary>
    /// <returns>What can be seen of it.</returns>
    public string Run(int number) =>
        Method(_assembly.GetType($"{ScenarioFiles.Namespace}.{ScenarioFiles.NameOf(number)}", throwOnError: true)!, "Run").CreateDelegate<Func<string>>()();

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name)!;

    private FieldInfo Field(string name) => _world.GetField(name)!;

    private long Count(string name) => (long)_world.GetProperty(name)!.GetValue(null)!;
}
