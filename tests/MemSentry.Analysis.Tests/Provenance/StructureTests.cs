using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>Spans and other structures with references inside: where they stand, where they are checked, and where no check could tell.</summary>
[TestFixture]
internal sealed class StructureTests
{
    private const string Whole = "ref struct R { public Span<byte> S; public ref int I; public int Next() => S.Length; }";

    [TestCase("static void M(Span<byte> s, byte[] a) => s.CopyTo(a);", "call [1] conversion proven: Argument", TestName = "Span_parameter_stands")]
    [TestCase("static void M(byte[] a) { Span<byte> s = a; s[0] = 1; }", "stind.i1 [1] store proven: ApiResult", TestName = "Span_of_an_array_stands")]
    [TestCase("static byte M(Span<byte> s) => s.Slice(2)[1];", "ldind.u1 [0] load proven: ApiResult", TestName = "Slice_of_a_standing_span_stands")]
    [TestCase("static int M(R r) => r.Next();", "call [0] conversion proven: Argument", TestName = "Structure_parameter_stands")]
    [TestCase("static R F() => default; static int M() { R r = F(); return r.Next(); }", "call [0] conversion proven: LocalVariable", TestName = "Structure_from_a_woven_member_stands")]
    [TestCase("static void M(ref R r, byte[] a) => r.S.CopyTo(a);", "call [1] conversion proven: AnchoredField", TestName = "Field_of_a_standing_structure_stands")]
    [TestCase("static void F(ref int i) => i++; static int M(R r, int[] a) { r.I = ref a[0]; ref int i = ref a[1]; F(ref i); F(ref i); return r.Next(); }",
        "call [0] conversion proven: Argument", TestName = "Structure_beside_a_reference_of_another_type_stands")]
    public void Needs_no_check(string source, string expected)
    {
        string[] lines = Lines(source);

        Assert.That(lines, Does.Contain(expected));
        Assert.That(lines, Has.None.Contains("checked"));
    }

    [TestCase("static int M(Span<byte>* p, byte[] a) { (*p).CopyTo(a); return 0; }", "call [1] conversion checked as spanbehind: PointerParameter", TestName = "Span_behind_a_pointer")]
    [TestCase("static void F(Span<byte> s) { } static void M(Span<byte>* p) => F(*p);", "call [0] conversion checked as span: LoadedFromMemory", TestName = "Span_read_through_a_pointer")]
    [TestCase("static Span<byte> M(Span<byte>* p) => *p;", "ret [0] conversion checked as span: LoadedFromMemory", TestName = "Span_that_is_returned")]
    [TestCase("static void F(ReadOnlySpan<char> s) { } static void M(R* p) => F(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(p->S));",
        "call [0] conversion checked as span: LoadedFromMemory", TestName = "Span_in_a_structure_behind_a_pointer")]
    [TestCase("[SafeRegionAccess] static Span<byte> Key() => default; static void M(byte[] a) { Span<byte> k = Key(); k.CopyTo(a); }",
        "stloc.0 [0] conversion checked as span: CallResult", TestName = "Span_from_whitelisted_code")]
    [TestCase("interface I { Span<byte> Key(); } class K : I { [SafeRegionAccess] public Span<byte> Key() => default; } static void F(Span<byte> s) { } static void M(I i) => F(i.Key());",
        "call [0] conversion checked as span: CallResult", TestName = "Span_from_whitelisted_code_behind_an_interface")]
    [TestCase("delegate Span<byte> D(); [SafeRegionAccess] static Span<byte> Key() => default; static D d = Key; static void F(Span<byte> s) { } static void M() => F(d());",
        "call [0] conversion checked as span: CallResult", TestName = "Span_from_whitelisted_code_behind_a_delegate")]
    [TestCase("static void F(Span<byte> s) { } static void M(MemSentry.SafeRegion r) => F(r.Span);", "call [0] conversion checked as span: CallResult", TestName = "Span_of_a_region")]
    [TestCase("[SafeRegionAccess] static void Key(out Span<byte> s) => s = default; static void M(byte[] a) { Key(out Span<byte> k); k.CopyTo(a); }",
        "call [1] conversion checked as spanbehind: LocalVariable", TestName = "Span_filled_by_whitelisted_code")]
    [TestCase("static void M(byte[] a, long x) { Span<byte> s = a; *(long*)&s = x; s.CopyTo(a); }", "call [1] conversion checked as spanbehind: LocalVariable", TestName = "Span_that_a_number_was_written_over")]
    [TestCase("static void F(Span<long> s) { } static void M(Span<byte> s) => F(Unsafe.BitCast<Span<byte>, Span<long>>(s));", "call [0] conversion checked as span: CallResult", TestName = "Span_whose_bits_were_cast")]
    public void Is_checked(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [TestCase("static void F(ref int i) => i++; static int M(R r, int* p) { r.S = default; ref int i = ref p[2]; F(ref i); F(ref i); return r.Next(); }",
        "call [0] conversion proven: Argument", TestName = "Structure_beside_a_reference_that_was_a_number")]
    [TestCase("static int M(R r, nint x) { r.S = default; ref int i = ref *(int*)(x + 8); i = 5; return r.Next() + i; }",
        "call [0] conversion proven: Argument", TestName = "Structure_beside_a_reference_that_was_computed")]
    public void Is_not_refused(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [TestCase("static int M(R* p) => p->Next();", TestName = "Structure_behind_a_pointer")]
    [TestCase("[SafeRegionAccess] static R Key() => default; static int M() { R r = Key(); return r.Next(); }", TestName = "Structure_from_whitelisted_code")]
    [TestCase("static int M(R r, long x) { *(long*)&r = x; return r.Next(); }", TestName = "Structure_that_a_number_was_written_over")]
    [TestCase("static int M(R r, long x) { ref long l = ref *(long*)&r; l = x; return r.Next(); }", TestName = "Structure_that_a_reference_made_of_its_number_leads_to")]
    [TestCase("static void F(ref long l, long x) => l = x; static int M(R r, long x) { ref long l = ref *((long*)&r + 1); F(ref l, x); return r.Next(); }",
        TestName = "Structure_that_a_callee_writes_over_as_a_number")]
    [TestCase("static int M(R r, long x) { nint[] kept = [(nint)(&r)]; *(long*)kept[0] = x; return r.Next(); }", TestName = "Structure_whose_number_was_kept_in_an_array")]
    public void Is_refused_where_no_check_could_tell(string source)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {Whole} {source} }}");

        fixture.Plan();

        Assert.That(fixture.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { DiagnosticId.MemberNotAnalysable }));
        Assert.That(fixture.Diagnostics.Single().Message, Does.Contain("C::M cannot be protected").And.Contain("hands on a C/R"));
    }

    [TestCase("static void M(ref R r, long x) { fixed (R* p = &r) *(long*)p = x; }", TestName = "Lent_structure_that_a_number_is_written_over_through_a_pointer")]
    [TestCase("static void M(ref Span<int> s, long x) { fixed (Span<int>* p = &s) *(long*)p = x; }", TestName = "Lent_span_that_a_number_is_written_over_through_a_pointer")]
    [TestCase("static void M(ref R r, long x) => Unsafe.As<R, long>(ref r) = x;", TestName = "Lent_structure_that_is_reinterpreted")]
    [TestCase("static void M(ref R r, long x) => *(long*)Unsafe.AsPointer(ref r) = x;", TestName = "Lent_structure_that_becomes_a_pointer")]
    [TestCase("static ref R F(ref R r) => ref r; static void M(ref R r, long x) => Unsafe.As<R, long>(ref F(ref r)) = x;", TestName = "Lent_structure_that_was_handed_on")]
    [TestCase("[SafeRegionAccess] static void Key(out Span<byte> s) => s = default; static void M(out Span<byte> s) => Key(out s);", TestName = "Lent_span_that_whitelisted_code_fills")]
    public void Is_refused_because_the_lender_goes_on_believing(string source)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {Whole} {source} }}");

        fixture.Plan();

        Assert.That(fixture.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { DiagnosticId.MemberNotAnalysable }));
        Assert.That(fixture.Diagnostics.Single().Message, Does.Contain("C::M cannot be protected").And.Contain("somebody else's structure"));
    }

    [TestCase("static void M(ref R r, R other) => r = other;", TestName = "Lent_structure_is_replaced_by_a_whole_one")]
    [TestCase("static void M(ref R r, Span<byte> s) => r.S = s;", TestName = "Field_of_a_lent_structure_is_replaced")]
    [TestCase("static void F(ref R r) => r = default; static void M(ref R r) => F(ref r);", TestName = "Lent_structure_is_handed_on")]
    [TestCase("static long M(ref R r, long* p) => *p + r.Next();", TestName = "Pointers_beside_a_lent_structure")]
    public void Is_left_to_the_lender(string source)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"unsafe class C {{ {Whole} {source} }}");

        fixture.Plan();

        Assert.That(fixture.Diagnostics, Is.Empty);
    }

    // Under MSBuild, Span<T> itself comes out of a reference assembly and shows an object and an integer.
    [TestCase("[assembly: ReferenceAssembly]", 1, TestName = "Ref_struct_of_a_reference_assembly_counts_whatever_it_shows")]
    [TestCase("", 0, TestName = "Ref_struct_without_references_inside_does_not_count")]
    public void Fields_are_believed_only_where_all_are_shown(string attribute, int refusals)
    {
        CSharpFixture fixture = CSharpFixture.Compile(
            $"{attribute} unsafe class C {{ public ref struct H {{ object _dummy; int _dummyPrimitive; }} static void F(H h) {{ }} static void M(H* p) => F(*p); }}");

        fixture.Plan();

        Assert.That(fixture.Diagnostics.Select(d => d.Id), Is.EqualTo(Enumerable.Repeat(DiagnosticId.MemberNotAnalysable, refusals)));
    }

    private static string[] Lines(string source) => CSharpFixture.Compile($"unsafe class C {{ {Whole} {source} }}").Decisions("M").Split('\n');
}
