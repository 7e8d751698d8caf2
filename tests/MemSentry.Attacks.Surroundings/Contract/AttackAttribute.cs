namespace MemSentry.Attacks.Contract;

/// <summary>
/// Marks a vulnerable member: a row of the matrix. <c>ulong M(nint)</c> reads at the address it is given and returns what it saw;
/// <c>void M(nint, ulong)</c> writes there.
/// </summary>
/// <param name="opcodes">The instructions the row is about, in the order they stand in the body; a prefix directly before its instruction.</param>
/// <param name="kind">As what the attack has to be blocked.</param>
[AttributeUsage(AttributeTargets.Method)]
public abstract class AttackAttribute(string opcodes, SafeRegionViolationKind kind) : Attribute
{
    /// <summary>The instructions the row is about, separated by blanks.</summary>
    public string Opcodes { get; } = opcodes;

    /// <summary>As what the attack has to be blocked.</summary>
    public SafeRegionViolationKind Kind { get; } = kind;

    /// <summary>The address zero kills even the unwoven process (native code, or a base below it), so nobody tries.</summary>
    public bool FatalOnNull { get; set; }

    /// <summary>The row loads an object reference: memory has to hold one, or the garbage collector would see a random number.</summary>
    public bool ReadsReference { get; set; }

    /// <summary>The row runs on other threads, which a fork does not have: where it may end its process, it has one of its own.</summary>
    public bool NeedsThreads { get; set; }

    /// <summary>The row reads a terminated text: memory has to hold one, in lower-case letters.</summary>
    public bool ReadsText { get; set; }

    /// <summary>The row counts characters or bytes that can be converted: memory has to hold some that cannot, in no encoding.</summary>
    public bool ReadsCharacters { get; set; }

    /// <summary>The row calls through an interface pointer: memory has to hold one.</summary>
    public bool ReadsInterface { get; set; }

    /// <summary>The framework member that the row attacks, as <c>Type::Row</c> of the access table; null if the row is about opcodes.</summary>
    public string? Api { get; set; }

    /// <summary>The access runs in an exception filter, where the CLR swallows every exception (ECMA-335 I.12.4.2.5).</summary>
    public bool InFilter { get; set; }

    /// <summary>Native code calls the vulnerable member, so that it catches every violation itself: none may cross native frames.</summary>
    public bool IsCaught { get; set; }

    /// <summary>The row makes a range that holds the whole block, and is stopped there: whatever address it would reach for afterwards.</summary>
    public bool SpansBlock { get; set; }

    /// <summary>The option under which the attack works, as the documents say by name; null if no option gives it up.</summary>
    public string? NotBlockedUnder { get; set; }
}
