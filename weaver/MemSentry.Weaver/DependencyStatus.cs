namespace MemSentry.Weaver;

/// <summary>What became of a dependency of a program.</summary>
public enum DependencyStatus
{
    /// <summary>It is to be delivered as it is.</summary>
    Left,

    /// <summary>It was woven, and its woven form is to be delivered.</summary>
    Woven,

    /// <summary>It ought to be woven and could not be; it must not be delivered.</summary>
    Refused,
}
