using FsCheck;
using FsCheck.Fluent;
using MemSentry.Verifier.Values;

namespace MemSentry.Verifier.Tests.Laws;

/// <summary>Joins of the verifier's values obey the laws that its fixpoint relies on, wherever they are defined.</summary>
[TestFixture]
internal sealed class ValueLawTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20_26UL, 7UL);

    private static readonly Arbitrary<Value> Any = Values.Any.ToArbitrary();

    [Test]
    public void Join_is_idempotent() => Check.One(Fixed, Prop.ForAll(Any, a => Value.Join(a, a) == a));

    [Test]
    public void Join_is_commutative() => Check.One(Fixed, Prop.ForAll(Any, Any, (a, b) => Join(a, b) == Join(b, a)));

    [Test]
    public void Join_is_associative_where_both_orders_are_defined() => Check.One(Fixed, Prop.ForAll(Any, Any, Any, (a, b, c) =>
    {
        Value? left = Join(Join(a, b), c);
        Value? right = Join(Join(b, c), a);
        return left is null || right is null || left == right;
    }));

    [Test]
    public void Join_is_believed_nothing_that_one_of_both_is_not() => Check.One(Fixed, Prop.ForAll(Any, Any, (a, b) =>
        Join(a, b) is not { } joined || (Values.IsNoMoreTrusted(joined, a) && Values.IsNoMoreTrusted(joined, b))));

    [Test]
    public void Join_with_what_was_joined_before_changes_nothing() => Check.One(Fixed, Prop.ForAll(Any, Any, (a, b) =>
        Join(a, b) is not { } joined || (Join(joined, a) == joined && Join(joined, b) == joined)));

    private static Value? Join(Value? a, Value? b)
    {
        try
        {
            return a is { } x && b is { } y ? Value.Join(x, y) : null;
        }
        catch (RejectionException)
        {
            return null;
        }
    }
}
