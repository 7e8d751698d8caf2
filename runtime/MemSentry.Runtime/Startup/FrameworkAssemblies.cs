using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MemSentry.Startup;

/// <summary>
/// Tells the assemblies that are unwoven by design: the framework's, which woven code checks at the border instead, and MemSentry's own, which
/// are the trusted base.
/// </summary>
internal static class FrameworkAssemblies
{
    // …/shared/Microsoft.NETCore.App/10.0.x/System.Private.CoreLib.dll; beside the program, or nowhere, if that is self-contained.
    private static readonly string? SharedFolder = Directory.GetParent(PlaceOf(typeof(object).Assembly) is { Length: > 0 } core ? core : "/")?.Parent?.Parent?.FullName;

    private static readonly string[] Own =
    [
        typeof(FrameworkAssemblies).Assembly.GetName().Name!,
        .. ReferencesOf(typeof(FrameworkAssemblies).Assembly).Where(n => n.StartsWith("MemSentry.", StringComparison.Ordinal)),
        .. ReferencesOf(typeof(Native.Errno).Assembly),
    ];

    // The keys that the framework's assemblies are signed with; its packages are signed with others or with the same, but those a weave has mentioned.
    private static readonly string[] Keys = ["b03f5f7f11d50a3a", "b77a5c561934e089", "7cec85d7bea7798e", "cc7b13ffcd2ddd51"];

    /// <summary>Whether an assembly belongs to MemSentry.</summary>
    public static bool IsOwn(string name) => Own.Contains(name);

    /// <summary>Whether an assembly belongs to the framework.</summary>
    public static bool Contains(Assembly assembly) =>
        IsShared && PlaceOf(assembly) is { Length: > 0 } place
            ? place.StartsWith(SharedFolder! + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            : Keys.Contains(Convert.ToHexStringLower(assembly.GetName().GetPublicKeyToken() ?? []));

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "An assembly whose reference was trimmed away is not in the program.")]
    private static IEnumerable<string> ReferencesOf(Assembly assembly) => assembly.GetReferencedAssemblies().Select(r => r.Name!);

    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "In a program that is one file it is empty: such an assembly is told by its key.")]
    private static string PlaceOf(Assembly assembly) => assembly.Location;

    private static bool IsShared => SharedFolder is not null && Path.GetFileName(SharedFolder) == "shared";
}
