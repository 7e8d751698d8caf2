using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>What a member's kind allows its variables to be.</summary>
/// <param name="member">The member.</param>
internal sealed class MemberNames(Member member)
{
    private readonly bool _hasLambda = Contains(member.Body);
    private int _labels;

    /// <summary>Whether variables may outlive a suspension: then none of them is a pointer.</summary>
    public bool IsSuspended { get; } = member.Shape != MemberShape.Plain;

    /// <summary>Whether references and spans may be variables: neither a lambda nor a state machine holds them.</summary>
    public bool HasReferences => !IsSuspended && !_hasLambda;

    /// <summary>Whether pointer variables have the type <c>nint</c>.</summary>
    public bool HasNumbers => IsSuspended || member.Variables == VariableType.NativeInteger;

    /// <summary>The kind of member.</summary>
    public MemberShape Shape => member.Shape;

    /// <summary>See <see cref="Member.Scale"/>.</summary>
    public int Scale => member.Scale;

    /// <summary>The variable for copies of addresses.</summary>
    public string Copy => "c";

    /// <summary>A new number for labels and the like.</summary>
    public int Next() => _labels++;

    private static bool Contains(IEnumerable<Statement> block) => block.Any(s => s is Statement.Apart || StatementBlocks.Of(s).Any(b => Contains(b)));
}
