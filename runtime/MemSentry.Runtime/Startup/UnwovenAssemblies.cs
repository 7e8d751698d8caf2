using System.Reflection;
using MemSentry.CompilerServices;

namespace MemSentry.Startup;

/// <summary>
/// The assemblies of this process that are not woven. What is known of them was found out when woven assemblies were woven; what nobody has
/// looked at - a plug-in, a build that was replaced, code that is made at run time - is unknown, and listed too. All of it is read from metadata, for
/// people to look at: nothing is decided by it.
/// </summary>
internal static class UnwovenAssemblies
{
    /// <param name="loaded">The assemblies of the process.</param>
    /// <param name="framework">How many of them belong to the framework.</param>
    public static IReadOnlyList<UnwovenAssemblyStatus> Find(IReadOnlyCollection<Assembly> loaded, out int framework)
    {
        ILookup<bool, Assembly> byWoven = loaded.ToLookup(IsProtected);
        var records = new ReferenceRecords();
        foreach (Assembly woven in loaded.Where(a => !a.IsDynamic))
        {
            records.Add(woven);
        }

        Assembly[] others = [.. byWoven[false].Where(a => !FrameworkAssemblies.IsOwn(NameOf(a)))];
        Assembly[] unwoven = [.. others.Where(a => a.IsDynamic || records.Mentions(NameOf(a)) || !FrameworkAssemblies.Contains(a))];
        framework = others.Length - unwoven.Length;

        HashSet<string> names = [.. loaded.Select(NameOf)];
        return
        [
            .. unwoven
                .Select(a => new UnwovenAssemblyStatus(NameOf(a), a.IsDynamic ? null : records.HasRawAccesses(NameOf(a), a.ManifestModule.ModuleVersionId), true))
                .Concat(records.Raw.Where(n => !names.Contains(n)).Select(n => new UnwovenAssemblyStatus(n, true, false)))
                .Where(s => s.RawAccesses != false)
                .Distinct()
                .OrderBy(s => s.Assembly, StringComparer.Ordinal),
        ];
    }

    private static string NameOf(Assembly assembly) => assembly.GetName().Name ?? "?";

    /// <summary>With the method <c>none</c> an assembly carries the stamp and no checks.</summary>
    private static bool IsProtected(Assembly assembly)
    {
        try
        {
            return assembly.GetCustomAttributesData().FirstOrDefault(IsStamp) is { } stamp
                && stamp.ConstructorArguments is [_, { Value: string settings }, _]
                && !settings.Split(';').Contains("ProtMethod=none");
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or TypeLoadException or NotSupportedException)
        {
            // An attribute of the assembly is of a type that this process does not have: nothing is known of the assembly.
            return false;
        }
    }

    // By name: another copy of the runtime has another attribute of this name.
    private static bool IsStamp(CustomAttributeData attribute) => attribute.AttributeType.FullName == typeof(WovenAssemblyAttribute).FullName;
}
