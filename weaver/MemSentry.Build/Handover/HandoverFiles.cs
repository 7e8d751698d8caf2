namespace MemSentry.Build.Handover;

/// <summary>
/// The files beside the compiler's output in obj by which the tasks and the Fody addin talk: Fody passes a weaver
/// nothing but its element of FodyWeavers.xml, and takes back nothing but messages without a code.
/// </summary>
/// <param name="IntermediateAssembly">The compiler's output, for example <c>obj/Debug/net10.0/App.dll</c>.</param>
internal sealed record HandoverFiles(string IntermediateAssembly)
{
    /// <summary>The settings in force; an input of the compilation, so that a change compiles and weaves again.</summary>
    public string Settings => IntermediateAssembly + ".MemSentry.settings.json";

    /// <summary>The referenced assemblies; an input of the compilation too.</summary>
    public string References => IntermediateAssembly + ".MemSentry.references.json";

    /// <summary>What the weave did; exists only between the weave and its report.</summary>
    public string Outcome => IntermediateAssembly + ".MemSentry.outcome.json";
}
