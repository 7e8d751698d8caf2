namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>What kind of member it is.</summary>
public enum MemberShape
{
    /// <summary>A static method.</summary>
    Plain,

    /// <summary>An async method: every variable is a field of a state machine. C# only.</summary>
    Async,

    /// <summary>An iterator. C# only.</summary>
    Iterator,
}
