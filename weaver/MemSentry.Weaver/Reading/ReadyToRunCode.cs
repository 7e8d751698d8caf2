using MemSentry.Analysis.Diagnostics;
using Mono.Cecil;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// Precompiled native code (ReadyToRun) knows nothing of checks, so a woven assembly must not keep it. Such an image holds all of its IL;
/// what the weaver reads and writes is that IL.
/// </summary>
internal static class ReadyToRunCode
{
    /// <summary>COMIMAGE_FLAGS_IL_LIBRARY of the CLI header (corhdr.h): set by crossgen2 only.</summary>
    private const ModuleAttributes IntermediateLanguageLibrary = (ModuleAttributes)0x4;

    /// <summary>Whether the image holds precompiled code.</summary>
    public static bool IsIn(ModuleDefinition module) => module.Attributes.HasFlag(IntermediateLanguageLibrary);

    /// <summary>Makes the module an IL-only one for every architecture, with a warning if it was not.</summary>
    public static void Drop(ModuleDefinition module, DiagnosticList diagnostics)
    {
        if (!IsIn(module))
            return;

        // crossgen2 writes a processor (and hides the system in it) even if the IL was for any: "I386 without the 32-bit flag" is how
        // IL-only images say "any processor".
        module.Architecture = TargetArchitecture.I386;
        module.Attributes = (module.Attributes & ~IntermediateLanguageLibrary) | ModuleAttributes.ILOnly;
        diagnostics.Add(Diagnostic.Warning(DiagnosticId.ReadyToRunDropped,
            $"The precompiled code (ReadyToRun) of '{module.Assembly.Name.Name}' was dropped, because it has no checks; " +
            "publish again with ReadyToRun after weaving if start-up time matters."));
    }
}
