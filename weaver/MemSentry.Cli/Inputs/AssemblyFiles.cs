namespace MemSentry.Cli.Inputs;

/// <summary>How files with assemblies are called.</summary>
internal static class AssemblyFiles
{
    /// <summary>Whether a file is called like an assembly.</summary>
    public static bool IsCalledLikeOne(string file) => Path.GetExtension(file) is ".dll" or ".exe";
}
