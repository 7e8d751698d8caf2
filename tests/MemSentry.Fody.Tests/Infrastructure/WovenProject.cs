using MemSentry.Build.Stamps;

namespace MemSentry.Fody.Tests.Infrastructure;

/// <summary>A program in a temporary folder that imports our props and targets exactly as the package would.</summary>
internal sealed class WovenProject : IDisposable
{
    private const string Program = """
        unsafe
        {
            int value = 41;
            System.Console.WriteLine(*Next(&value));
        }

        static unsafe int* Next(int* p)
        {
            *p += 1;
            return p;
        }
        """;

    // A folder inside the temporary one: Fody takes a project's parent for the solution's folder.
    private readonly string _root = Directory.CreateTempSubdirectory("MemSentry.Fody.Tests.").FullName;

    public WovenProject(string properties = "", string items = "", string? weaverFile = null)
    {
        Directory.CreateDirectory(Folder);
        // Nothing above the temporary folder may take part.
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(_root, name), "<Project />");
        Write("App.csproj", ProjectText(properties, items, weaverFile ?? BuiltParts.WeaverFile));
        Write("Program.cs", Program);
    }

    /// <summary>The project's folder.</summary>
    public string Folder => Path.Combine(_root, "App");

    /// <summary>What a user runs after a build.</summary>
    public string Output(string configuration = "Debug", string framework = "net10.0") =>
        Path.Combine(Folder, "bin", configuration, framework, "App.dll");

    /// <summary>The compiler's output.</summary>
    public string Intermediate(string configuration = "Debug", string framework = "net10.0") =>
        Path.Combine(Folder, "obj", configuration, framework, "App.dll");

    /// <summary>What a user ships after a publish.</summary>
    public string Published(string configuration = "Release") =>
        Path.Combine(Folder, "bin", configuration, "net10.0", "publish", "App.dll");

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    public CommandResult Build(params IEnumerable<string> arguments) => Run("build", arguments);

    public CommandResult Publish(params IEnumerable<string> arguments) => Run("publish", arguments);

    public CommandResult Pack(params IEnumerable<string> arguments) => Run("pack", arguments);

    /// <summary>The stamp of a file, or null when it is not woven.</summary>
    public static WovenStamp? StampOf(string file) => StampReader.Read(file);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private CommandResult Run(string verb, IEnumerable<string> arguments) =>
        Command.Dotnet(Folder, [verb, "-nologo", "-nodeReuse:false", "-m:1", "-v:normal", "-clp:NoSummary", .. arguments]);

    private static string ProjectText(string properties, string items, string weaverFile) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <NuGetAudit>false</NuGetAudit>
            <RunAnalyzers>false</RunAnalyzers>
            <MemSentryWeaverFile>{weaverFile}</MemSentryWeaverFile>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Fody" Version="{BuiltParts.FodyVersion}" PrivateAssets="all" />
            <Reference Include="{BuiltParts.RuntimeFile}" />
            {items}
          </ItemGroup>
          <Import Project="{BuiltParts.TargetsFolder}/../../../runtime/MemSentry.Runtime/buildTransitive/MemSentry.Runtime.targets" />
          <Import Project="{BuiltParts.TargetsFolder}/MemSentry.Fody.props" />
          <Import Project="{BuiltParts.TargetsFolder}/MemSentry.Fody.targets" />
        </Project>
        """;
}
