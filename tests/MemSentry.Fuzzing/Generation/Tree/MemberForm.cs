namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>How a member becomes IL.</summary>
public enum MemberForm
{
    /// <summary>By the C# compiler.</summary>
    CSharp,

    /// <summary>Directly.</summary>
    Il,
}
