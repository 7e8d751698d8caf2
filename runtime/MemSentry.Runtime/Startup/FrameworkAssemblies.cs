using System.Reflection;

namespace MemSentry.Startup;

/// <summary>
/// Tells the assemblies that are unwoven by design: the framework's, which woven code checks at the border instead, and MemSentry's own, which
/// are the trusted base.
/// </summary>
internal static class FrameworkAssemblies
{
    // …/shared/Microsoft.NETCore.App/10.0.x/System.Private.CoreLib.dll; beside the program, or nowhere, if that is self-contained.
    private static readonly string? SharedFolder = Directory.GetParent(typeof(object).Assembly.Location is { Length: > 0 } core ? core : "/")?.Parent?.Parent?.FullName;

    private static readonly string[] Own =
    [
        typeof(FrameworkAssemblies).Assembly.GetName().Name!,
        .. typeof(FrameworkAssemblies).Assembly.GetReferencedAssemblies().Select(r => r.Name!).Where(n => n.StartsWith("MemSentry.", StringComparison.Ordinal)),
        .. typeof(Native.Errno).Assembly.GetReferencedAssemblies().Select(r => r.Name!),
    ];

    // The keys that the framework's assemblies are signed with; its packages are signed with others or with the same, but those a weave has mentioned.
    private static readonly string[] Keys = ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51"];

    /// <summary>Whether an assembly belongs to MemSentry.</summary>
    public static bool IsOwn(string name) => Own.Contains(name);

    /// <summary>Whether an assembly belongs to the framework.</summary>
    public static bool Contains(Assembly assembly) =>
        IsShared && assembly.Location.Length > 0
            ? assembly.Location.StartsWith(SharedFolder! + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            : Keys.Contains(Convert.ToHexStringLower(assembly.GetName().GetPublicKeyToken() ?? []));

    private static bool IsShared => SharedFolder is not null && Path.GetFileName(SharedFolder) == "shared";
}
