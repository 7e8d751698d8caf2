using System.Reflection;
using System.Runtime.Loader;

namespace MemSentry.Fuzzing.Building;

/// <summary>The weaver under test: the one that this program was built with, or copies of its assemblies in a folder.</summary>
public sealed class Engine
{
    private readonly Func<string, string, string, string[]> _weave;

    private Engine(Func<string, string, string, string[]> weave) => _weave = weave;

    /// <summary>The one that this program was built with.</summary>
    public static Engine Own { get; } = new(WeaveBridge.Weave);

    /// <summary>Assemblies of the engine in a folder; those that are not there are our own.</summary>
    public static Engine In(string folder)
    {
        Assembly copy = new EngineContext(folder).LoadFromAssemblyPath(typeof(WeaveBridge).Assembly.Location);
        MethodInfo weave = copy.GetType(typeof(WeaveBridge).FullName!, throwOnError: true)!.GetMethod(nameof(WeaveBridge.Weave))!;
        return new(weave.CreateDelegate<Func<string, string, string, string[]>>());
    }

    /// <inheritdoc cref="WeaveBridge.Weave"/>
    public string[] Weave(string input, string output, string settings) => _weave(input, output, settings);

    /// <summary>Loads the engine from the folder; Cecil and the framework are shared.</summary>
    private sealed class EngineContext(string folder) : AssemblyLoadContext("engine")
    {
        private static readonly HashSet<string> Replaceable = ["MemSentry.AccessTable", "MemSentry.Analysis", "MemSentry.Weaver"];

        protected override Assembly? Load(AssemblyName name)
        {
            if (!Replaceable.Contains(name.Name!))
                return null;
            string own = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            string other = Path.Combine(Path.GetFullPath(folder), name.Name + ".dll");
            return LoadFromAssemblyPath(File.Exists(other) ? other : own);
        }
    }
}
