namespace MemSentry.WeaveSpeed.Subjects;

/// <summary>An assembly to read and write, with a Portable PDB beside it.</summary>
/// <param name="Input">The assembly.</param>
/// <param name="Output">Where its new form goes.</param>
/// <param name="References">The folder of the assemblies that it refers to.</param>
internal sealed record Subject(string Input, string Output, string References)
{
    /// <summary>The assembly's file name.</summary>
    public string Name => Path.GetFileName(Input);
}
