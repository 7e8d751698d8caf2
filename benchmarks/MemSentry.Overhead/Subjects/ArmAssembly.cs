using System.Reflection;
using System.Runtime.Loader;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver;

namespace MemSentry.Overhead.Subjects;

/// <summary>
/// The assembly of kernels as one arm builds it, loaded beside the others: a context for each, which does not unload, because code that can be unloaded
/// reaches its statics by a longer way.
/// </summary>
internal static class ArmAssembly
{
    private const string FileName = "MemSentry.Kernels.dll";

    /// <summary>Weaves if need be, and loads.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="folder">Where the woven file goes.</param>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static Assembly Load(Arm arm, string folder)
    {
        string input = Path.Combine(AppContext.BaseDirectory, FileName);
        string file = arm.Options is null ? input : Path.Combine(Directory.CreateDirectory(Path.Combine(folder, arm.Name)).FullName, FileName);
        var diagnostics = new DiagnosticList();
        if (arm.Options is not null && AssemblyWeave.Run(new(input, file, arm.Options, [AppContext.BaseDirectory]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));

        return new AssemblyLoadContext(arm.Name).LoadFromAssemblyPath(file);
    }
}
