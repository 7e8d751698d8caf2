namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>A program with dependencies that are not woven: a library of its solution, and a package.</summary>
internal static class Shipped
{
    public const string LibraryReference = """<ProjectReference Include="../Codec/Codec.csproj" />""";

    public static Project Library { get; } = new("Codec", "Codec.cs") { Properties = "", Items = "" };

    public static Project Program(string name, string properties, string library = LibraryReference) =>
        new(name, "Shipped.cs", "Secret.cs", "Parser.cs", "Attack.cs")
        {
            Properties = "<OutputType>Exe</OutputType>" + properties,
            Items = Workspace.Weaver + library + Workspace.Package("CommunityToolkit.HighPerformance", Repository.VersionOf("HighPerformance")),
        };

    /// <summary>Has the verifier look at files of a folder.</summary>
    public static void Verify(Workspace workspace, string folder, params IEnumerable<string> files)
    {
        CommandResult verify = InstalledTool.Run(workspace.Folder, ["verify", .. files.Select(f => Path.Combine(folder, f))]);
        Assert.That(verify.Succeeded, verify.ToString());
    }
}
