using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;

namespace MemSentry.Verifier.Tests;

/// <summary>Whom the verifier believes at a border, told by which checks it misses when all are taken out.</summary>
[TestFixture]
internal sealed class BorderTests
{
    [Test]
    public void Trusted_parameter_that_accepts_safe_regions_owes_nothing() => Misses("Refused", """
        static int Accepted(int* p, Span<int> s) => Takes(p, s);
        static int Refused(int* p, Span<int> s) => TakesNot(p, s);
        [SafeRegionAccess] static int Takes([AcceptsSafeRegion] int* p, [AcceptsSafeRegion] Span<int> s) => *p;
        [SafeRegionAccess] static int TakesNot(int* p, Span<int> s) => *p;
        """);

    [Test]
    public void Member_whose_entry_is_taken_may_get_any_reference() => Misses("Entered", """
        delegate int D(ref int r);
        static D Entry() => Entered;
        static int Entered(ref int r) => r;
        static int Other(ref int r) => r;
        """);

    [Test]
    public void Override_of_a_member_whose_entry_is_taken_may_get_any_reference() => Misses("Run", """
        delegate int D(ref int r);
        class Base { public virtual int Run(ref int r) => 0; public int Other(ref int r) => r; }
        class Derived : Base { public override int Run(ref int r) => r; }
        static D Entry(Base b) => b.Run;
        """);

    [Test]
    public void Structure_with_references_inside_cannot_come_from_native_code() => Misses(null, """
        delegate int D(ref Span<int> s);
        static D Entry() => Entered;
        static int Entered(ref Span<int> s) => s[0];
        """);

    [Test]
    public void Reference_that_an_object_gave_is_believed_one_that_was_moved_is_not() => Misses("Moved", """
        static int Element(Span<int> s) => s[0];
        static int First(int[] a) => MemoryMarshal.GetArrayDataReference(a);
        static int Seen(ref int r) => Unsafe.As<int, short>(ref r);
        static int Moved(ref int r, int i) => Unsafe.Add(ref r, i);
        """);

    private static void Misses(string? member, string source)
    {
        using var work = new Workplace();
        string woven = work.Weave(work.Compile($"namespace MemSentry {{ class AcceptsSafeRegionAttribute : Attribute; }} public unsafe class C {{ {source} }}"));
        Assert.That(Workplace.Verify(woven).Findings, Is.Empty, "the original");

        string without = work.Change(woven, module => CheckSite.In(module).ForEach(Mutation.Remove));
        string[] missed = [.. Workplace.Verify(without).Findings.Select(f => f.Member!.Split("::")[1].Split('(')[0]).Distinct()];
        Assert.That(missed, Is.EqualTo(member is null ? [] : new[] { member }));
    }
}
