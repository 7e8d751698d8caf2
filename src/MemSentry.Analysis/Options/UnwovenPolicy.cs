namespace MemSentry.Analysis.Options;

/// <summary>What happens about referenced assemblies with raw accesses that are not woven (the option <c>Unwoven</c>).</summary>
public enum UnwovenPolicy
{
    /// <summary>A warning names them.</summary>
    Warn,

    /// <summary>Nothing is woven.</summary>
    Refuse,
}
