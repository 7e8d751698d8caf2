namespace MemSentry.Mutants.Running;

/// <summary>What the verifier made of a mutant.</summary>
public enum Verdict
{
    /// <summary>It names the member, or the part of the assembly, and says what is not proven.</summary>
    Rejected,

    /// <summary>It finds nothing wrong there: the mutant survives.</summary>
    Accepted,

    /// <summary>It finds nothing wrong there, rightly: what was broken was one check too many.</summary>
    Equivalent,

    /// <summary>It has no rule for what it reads. That is no proof of anything: the mutation wrote IL that means nothing.</summary>
    NotUnderstood,
}
