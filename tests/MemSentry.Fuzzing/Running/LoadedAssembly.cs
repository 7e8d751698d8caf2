using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using MemSentry.Fuzzing.Generation.CSharp;

namespace MemSentry.Fuzzing.Running;

/// <summary>The members of one assembly. It stays loaded; runners are replaced before that matters.</summary>
internal sealed unsafe class LoadedAssembly
{
    private readonly Type _members;

    /// <summary>Loads it beside all others of the same name.</summary>
    public LoadedAssembly(string path)
    {
        Assembly assembly = new AssemblyLoadContext(path).LoadFromAssemblyPath(path);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
        _members = assembly.GetType(SourceFiles.MembersType, throwOnError: true)!;
    }

    /// <summary>A member's entry.</summary>
    public delegate*<byte*, byte*, byte**, int, long, long> Entry(int number)
    {
        MethodInfo method = _members.GetMethod(SourceFiles.NameOf(number))!;
        return (delegate*<byte*, byte*, byte**, int, long, long>)method.MethodHandle.GetFunctionPointer();
    }
}
