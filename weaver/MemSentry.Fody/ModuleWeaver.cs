using Fody;

namespace MemSentry.Fody;

/// <summary>What Fody runs. A thin face: everything happens in <see cref="WeaveSession"/>.</summary>
/// <remarks>
/// It logs no warning and no error through Fody, whose messages carry no code. After an error Fody therefore writes an assembly that
/// is not woven; the task <c>ReportWeave</c>, which runs next, deletes it and fails the build.
/// </remarks>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    /// <inheritdoc/>
    /// <exception cref="WeavingException">The project does not import our targets, so nobody would report an outcome (MS4007).</exception>
    public override void Execute() => EngineContext.Weave(AddinDirectoryPath, ModuleDefinition, AssemblyFilePath, WriteDebug);

    /// <summary>None: the engine names the runtime's members itself and resolves them through the module.</summary>
    public override IEnumerable<string> GetAssembliesForScanning() => [];
}
