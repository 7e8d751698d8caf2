namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary><c>memsentry-weave</c> as <c>dotnet tool install</c> leaves it; installed once.</summary>
internal static class InstalledTool
{
    private static readonly Lazy<string> Installed = new(Install);

    /// <summary>Where it is installed.</summary>
    public static string Folder => Path.GetDirectoryName(Installed.Value)!;

    public static CommandResult Run(string folder, params IEnumerable<string> arguments) => Command.Run(folder, Installed.Value, arguments);

    private static string Install()
    {
        var workspace = new Workspace("Tool");
        CommandResult install = Command.Dotnet(workspace.Folder, "tool", "install", "MemSentry.Tool", "--version", Feed.Version, "--tool-path", "tools");
        Assert.That(install.Succeeded, install.ToString());
        return Path.Combine(workspace.Folder, "tools", "memsentry-weave");
    }
}
