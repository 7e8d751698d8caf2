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

    private static string Unwoven => Path.Combine(AppContext.BaseDirectory, FileName);

    /// <summary>Weaves, if the arm does.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="folder">Where the woven file goes.</param>
    /// <exception cref="WeaveException">The weaver refused.</exception>
    public static void Weave(Arm arm, string folder)
    {
        if (arm.Options is null)
            return;

        Directory.CreateDirectory(Path.Combine(folder, arm.Name));
        var diagnostics = new DiagnosticList();
        if (AssemblyWeave.Run(new(Unwoven, File(arm, folder), arm.Options, [AppContext.BaseDirectory]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>Loads what <see cref="Weave"/> has written.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="folder">Where the woven file is.</param>
    /// <param name="seed">Decides how its code is shifted.</param>
    public static Assembly Load(Arm arm, string folder, int seed)
    {
        using MemoryStream padded = EntryPadding.Of(arm.Options is null ? Unwoven : File(arm, folder), seed);
        return new AssemblyLoadContext(arm.Name).LoadFromStream(padded);
    }

    private static string File(Arm arm, string folder) => Path.Combine(folder, arm.Name, FileName);
}
