namespace MemSentry.Attacks.Building;

/// <summary>How fixtures are compiled.</summary>
public enum BuildConfiguration
{
    /// <summary>The compiler and the JIT optimise nothing.</summary>
    Debug,

    /// <summary>Both optimise.</summary>
    Release,
}
