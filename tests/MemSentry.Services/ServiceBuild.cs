using System.Reflection;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.Services;

/// <summary>Copies of the token service that differ in nothing but the method.</summary>
public static class ServiceBuild
{
    /// <summary>The assembly that is woven.</summary>
    public const string ServerFile = "TokenService.Server.dll";

    /// <summary>The program.</summary>
    public const string ProgramFile = "TokenService.dll";

    /// <summary>Every method that can be asked for, those included that this machine does not have.</summary>
    public static IReadOnlyList<string> Methods { get; } = OptionCatalog.All.Single(o => o.Name == "ProtMethod").AllowedValues;

    /// <summary>The service as its own project builds it.</summary>
    public static string BuiltFolder { get; } = FolderOf("ServiceFolder");

    /// <summary>The server as the compiler made it.</summary>
    public static string UnwovenServer { get; } = Path.Combine(FolderOf("UnwovenFolder"), ServerFile);

    /// <summary>Makes a copy, woven with a method.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static string Make(string method, string parent)
    {
        string folder = Directory.CreateDirectory(Path.Combine(parent, method)).FullName;
        foreach (string file in Directory.EnumerateFiles(BuiltFolder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse([new("ProtMethod", method)], diagnostics);
        if (diagnostics.HasErrors || AssemblyWeave.Run(new(UnwovenServer, Path.Combine(folder, ServerFile), options, [folder]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));

        return folder;
    }

    private static string FolderOf(string name)
    {
        string relative = typeof(ServiceBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, relative));
    }
}
