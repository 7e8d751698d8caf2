namespace MemSentry.Cli.Weaving;

/// <summary>One input and where its woven form goes; both as full paths.</summary>
internal sealed record WeaveItem(string Input, string Output)
{
    /// <summary>How messages call it.</summary>
    public string Name => Path.GetFileName(Input);
}
