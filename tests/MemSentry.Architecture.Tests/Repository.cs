using System.Reflection;
using System.Xml.Linq;

namespace MemSentry.Architecture.Tests;

/// <summary>The project's own files.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Project files outside bin and obj, by project name.</summary>
    public static IReadOnlyDictionary<string, string> Projects { get; } =
        Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(Root, f).Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f)!);

    /// <summary>The names of the projects and packages that a project refers to directly.</summary>
    public static IReadOnlyList<string> ReferencesOf(string project)
    {
        IEnumerable<XElement> items = XDocument.Load(Projects[project]).Descendants();
        return
        [
            .. items.Where(e => e.Name.LocalName == "ProjectReference" && e.Attribute("Include") is not null && (string?)e.Attribute("ReferenceOutputAssembly") != "false")
                .Select(e => Path.GetFileNameWithoutExtension(((string)e.Attribute("Include")!).Replace('\\', '/'))),
            .. items.Where(e => e.Name.LocalName == "PackageReference" && e.Attribute("Include") is not null).Select(e => (string)e.Attribute("Include")!),
        ];
    }
}
