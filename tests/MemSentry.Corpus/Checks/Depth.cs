namespace MemSentry.Corpus.Checks;

/// <summary>How much is checked of one woven subject.</summary>
public enum Depth
{
    /// <summary>It is woven once, and the members that the weave changed are compiled.</summary>
    ChangedMembers,

    /// <summary>It is woven once, and every member is compiled.</summary>
    AllMembers,

    /// <summary>It is woven twice, and every member is compiled.</summary>
    Full,
}
