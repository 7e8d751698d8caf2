using System.Collections.Immutable;
using MemSentry.Fuzzing.Shrinking;

namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>
/// One random member: <c>long M(byte* near, byte* target, byte** table, int index, long distance)</c>. It returns a hash of what it read. All its variables
/// start with a value, so that it stays valid whatever the shrinker takes away.
/// </summary>
/// <param name="Form">How it becomes IL.</param>
/// <param name="Shape">What kind of member it is.</param>
/// <param name="Variables">The type of its pointer variables.</param>
/// <param name="Scale">Bytes that one step of the index parameters moves.</param>
/// <param name="IsShort">Whether it stays within 2 KiB of where its pointers lead, so that it can be given null.</param>
/// <param name="Body">What it does.</param>
public sealed record Member(MemberForm Form, MemberShape Shape, VariableType Variables, int Scale, bool IsShort, ImmutableArray<Statement> Body) : IShrinkable<Member>
{
    /// <summary>Number variables that a member has.</summary>
    public const int NumberVariables = 3;

    /// <summary>Pointer variables that a member has.</summary>
    public const int PointerVariables = 3;

    /// <inheritdoc/>
    int IShrinkable<Member>.Size => Node.Size(Body);

    /// <inheritdoc/>
    IEnumerable<Member> IShrinkable<Member>.Smaller() => Reductions.Of(this);
}
