namespace MemSentry.Cli.Inputs;

/// <summary>One file that a command works on.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Relative">Its path below the folder that was searched; its bare name if it was named itself.</param>
/// <param name="IsNamed">Whether the user named this very file: then it is never skipped.</param>
internal sealed record SelectedInput(string File, string Relative, bool IsNamed)
{
    /// <summary>How messages call it.</summary>
    public string Name => Path.GetFileName(File);

    /// <summary>The simple name of the assembly that it should hold.</summary>
    public string SimpleName => Path.GetFileNameWithoutExtension(File);
}
