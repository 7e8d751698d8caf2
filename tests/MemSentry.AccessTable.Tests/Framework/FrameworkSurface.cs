using Mono.Cecil;

namespace MemSentry.AccessTable.Tests.Framework;

/// <summary>The public and protected members of all assemblies of the framework that the tests run on. Read, not loaded.</summary>
internal static class FrameworkSurface
{
    public static IReadOnlyList<TypeDefinition> Types { get; } = [.. Modules().SelectMany(m => m.GetTypes()).Where(IsVisible)];

    public static IEnumerable<MethodDefinition> Methods =>
        Types.SelectMany(t => t.Methods).Where(m => m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);

    public static IEnumerable<FieldDefinition> Fields =>
        Types.SelectMany(t => t.Fields).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly);

    private static IEnumerable<ModuleDefinition> Modules()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (string file in Directory.GetFiles(folder, "*.dll").Order(StringComparer.Ordinal))
        {
            if (IsManaged(file))
            {
                yield return ModuleDefinition.ReadModule(file);
            }
        }
    }

    private static bool IsManaged(string file)
    {
        using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(file));
        return image.HasMetadata;
    }

    private static bool IsVisible(TypeDefinition type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType)
        : type.IsPublic;
}
