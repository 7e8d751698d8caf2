using MemSentry.Analysis.Provenance;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>The origins are a semi-lattice of small height: shown for every pair and triple.</summary>
[TestFixture]
internal sealed class OriginLawTests
{
    private static readonly AddressOrigin[] All = Enum.GetValues<AddressOrigin>();

    private static readonly (AddressOrigin A, AddressOrigin B)[] Pairs = [.. from a in All from b in All select (a, b)];

    [Test]
    public void Join_is_idempotent() => Assert.That(All.Where(a => AddressOrigins.Join(a, a) != a), Is.Empty);

    [Test]
    public void Join_is_commutative() => Assert.That(Pairs.Where(p => AddressOrigins.Join(p.A, p.B) != AddressOrigins.Join(p.B, p.A)), Is.Empty);

    [Test]
    public void Join_is_associative() => Assert.That(
        from p in Pairs from c in All where AddressOrigins.Join(AddressOrigins.Join(p.A, p.B), c) != AddressOrigins.Join(p.A, AddressOrigins.Join(p.B, c)) select (p.A, p.B, c), Is.Empty);

    [Test]
    public void Join_is_an_upper_bound() => Assert.That(Pairs.Where(p => !IsBelow(p.A, AddressOrigins.Join(p.A, p.B)) || !IsBelow(p.B, AddressOrigins.Join(p.A, p.B))), Is.Empty);

    [Test]
    public void Join_is_an_anchor_only_if_both_are() => Assert.That(Pairs.Where(p => AddressOrigins.Join(p.A, p.B).IsAnchor() != (p.A.IsAnchor() && p.B.IsAnchor())), Is.Empty);

    [Test]
    public void Join_is_displaced_if_one_of_two_anchors_is() => Assert.That(
        Pairs.Where(p => p.A.IsAnchor() && p.B.IsAnchor() && (p.A == AddressOrigin.AnchoredField || p.B == AddressOrigin.AnchoredField) && AddressOrigins.Join(p.A, p.B) != AddressOrigin.AnchoredField),
        Is.Empty);

    [Test]
    public void Root_is_joined_only_from_the_same_root() => Assert.That(Pairs.Where(p => p.A != p.B && AddressOrigins.Join(p.A, p.B).IsRoot()), Is.Empty);

    [Test]
    public void Field_of_something_less_trusted_is_no_more_trusted() =>
        Assert.That(Pairs.Where(p => IsBelow(p.A, p.B) && !AddressOrigins.OfField(p.A).IsAnchor() && AddressOrigins.OfField(p.B).IsAnchor()), Is.Empty);

    [Test]
    public void Second_field_behind_an_anchor_is_no_anchor() =>
        Assert.That(All.Where(a => AddressOrigins.OfField(AddressOrigins.OfField(a)).IsAnchor()), Is.Empty);

    [Test]
    public void Longest_chain_has_the_length_that_its_documentation_says() => Assert.That(All.Max(Height), Is.EqualTo(5));

    private static bool IsBelow(AddressOrigin a, AddressOrigin b) => AddressOrigins.Join(a, b) == b;

    private static int Height(AddressOrigin from) => 1 + All.Where(b => b != from && IsBelow(from, b)).Select(Height).DefaultIfEmpty().Max();
}
