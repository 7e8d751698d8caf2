using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>
/// Joins of stack values obey the laws that the solver relies on, wherever they are defined: kinds that cannot meet stop the analysis of the member, in
/// whatever order they are tried.
/// </summary>
[TestFixture]
internal sealed class StackValueLawTests
{
    [Test]
    public void Join_is_idempotent() => Law.Holds(StackValues.Any, a => StackValues.Join(a, a) == a);

    [Test]
    public void Join_is_commutative() => Law.Holds(StackValues.Any, (a, b) => Same(StackValues.Join(a, b), StackValues.Join(b, a)));

    [Test]
    public void Join_is_associative_where_both_orders_are_defined() => Law.Holds(StackValues.Any, (a, b, c) =>
    {
        StackValue? left = Join(StackValues.Join(a, b), c);
        StackValue? right = Join(StackValues.Join(b, c), a);
        return left is null || right is null || Same(left, right);
    });

    [Test]
    public void Join_is_believed_nothing_that_one_of_both_is_not() => Law.Holds(StackValues.Any, (a, b) =>
        StackValues.Join(a, b) is not { } joined || (StackValues.IsNoMoreTrusted(joined, a) && StackValues.IsNoMoreTrusted(joined, b)));

    [Test]
    public void Join_with_what_was_joined_before_changes_nothing() => Law.Holds(StackValues.Any, (a, b) =>
        StackValues.Join(a, b) is not { } joined || (Same(StackValues.Join(joined, a), joined) && Same(StackValues.Join(joined, b), joined)));

    /// <summary>The number may be the address of a long, and the reference one to a span: what lies there would be believed as a span.</summary>
    [Test]
    public void Number_that_meets_a_reference_does_not_get_its_type() => Assert.That(
        StackValue.Join(StackValue.Native(AddressOrigin.LocalVariable), StackValue.Reference(AddressOrigin.ReferenceParameter, StackValues.SomeType)),
        Is.EqualTo(StackValue.Reference(AddressOrigin.SeveralAnchors, null)));

    private static StackValue? Join(StackValue? a, StackValue b) => a is { } value ? StackValues.Join(value, b) : null;

    private static bool Same(StackValue? a, StackValue? b) =>
        a is null ? b is null : b is { } other && a.Value.Kind == other.Kind && a.Value.Origin == other.Origin && TypeIdentity.Same(a.Value.Type, other.Type);
}
