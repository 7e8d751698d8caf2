namespace MemSentry.Analysis.Planning;

/// <summary>What a check does to the operand it stands for.</summary>
public enum CheckForm
{
    /// <summary>Compares it with the block and throws; the operand stays what it is.</summary>
    Compare,

    /// <summary>Sets the bit of the alias in the very copy that the access consumes, so that it cannot lead into the block.</summary>
    Mask,
}
