using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Analysis.Tests.Trust;

[TestFixture(OptimizationLevel.Debug)]
[TestFixture(OptimizationLevel.Release)]
internal sealed class WhitelistTests(OptimizationLevel level)
{
    [TestCase("class C { [SafeRegionAccess] void M() { } void N() { } }", "M", TestName = "method")]
    [TestCase("class C { [SafeRegionAccess] int P { get => 1; set { } } int Q => 2; }", "get_P,set_P", TestName = "property")]
    [TestCase("class C { [SafeRegionAccess] C() { } void N() { } }", ".ctor", TestName = "constructor")]
    [TestCase("class D { } [SafeRegionAccess] class C { void M() { } class Nested { void N() { } } }", "M,.ctor", TestName = "type without its nested types")]
    [TestCase("[assembly: SafeRegionAccess] class C { void M() { } }", "M,.ctor", TestName = "assembly")]
    public void Attribute_whitelists(string source, string expected) =>
        Assert.That(CSharpFixture.Compile(source, level).WhitelistedNames().Where(n => !n.StartsWith("get_Name", StringComparison.Ordinal)), Is.SupersetOf(expected.Split(',')).And.Not.Contain("N"));

    [Test]
    public void Section_whitelists_only_the_one_that_is_named()
    {
        CSharpFixture fixture = CSharpFixture.Compile("class C { [Section(\"keys\")] void M() { } [Section(\"other\")] void N() { } }", level);

        Assert.That(fixture.WhitelistedNames(new WeaverOptions { WhitelistSection = "keys" }), Is.EqualTo(new[] { "M" }));
        Assert.That(fixture.WhitelistedNames(), Is.Empty);
    }

    [Test]
    public void Section_that_nothing_is_in_gives_a_warning()
    {
        CSharpFixture fixture = CSharpFixture.Compile("class C { [Section(\"keys\")] void M() { } }", level);
        fixture.Plan(new WeaverOptions { WhitelistSection = "kyes" });

        Assert.That(fixture.Diagnostics.Select(d => d.Id), Is.EqualTo(new[] { DiagnosticId.SectionEmpty }));
    }

    [TestCase("[SafeRegionAccess] int M(int[] a) { int n = a.Length; Func<int> f = () => n; return f(); }", TestName = "closure")]
    [TestCase("[SafeRegionAccess] int M(int[] a) { Func<int, int> f = x => x; return f(1); }", TestName = "static lambda")]
    [TestCase("[SafeRegionAccess] int M() { int n = 1; int L() => n; return L(); }", TestName = "local function with a closure")]
    [TestCase("[SafeRegionAccess] int M() { static int L() => 1; return L(); }", TestName = "static local function")]
    [TestCase("[SafeRegionAccess] int M(int n) { static int A(int i) => i == 0 ? 0 : B(i - 1); static int B(int i) => i == 0 ? 1 : A(i - 1); return A(n); }", TestName = "local functions that call each other")]
    [TestCase("[SafeRegionAccess] int M() { Func<int> f = () => { Func<int> g = () => 2; return g(); }; return f(); }", TestName = "lambda in a lambda")]
    [TestCase("[SafeRegionAccess] async Task M() { await Task.Yield(); Action f = () => { }; f(); }", TestName = "async member and a lambda in it")]
    [TestCase("[SafeRegionAccess] IEnumerable<int> M() { yield return 1; }", TestName = "iterator")]
    [TestCase("[SafeRegionAccess] async IAsyncEnumerable<int> M() { await Task.Yield(); yield return 1; }", TestName = "async iterator")]
    public void Code_written_inside_a_whitelisted_member_is_whitelisted(string source)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"class C {{ {source} }}", level);
        string[] whitelisted = [.. fixture.WhitelistedNames()];

        // What the compiler made of the member's code; the closure classes' own constructors hold no user code.
        string[] generated = [.. fixture.Module.GetTypes().Where(t => t.FullName.StartsWith('C')).SelectMany(t => t.Methods).Where(m => m.Name.Contains('<', StringComparison.Ordinal) || m.Name == "MoveNext").Select(m => m.Name)];
        Assert.That(generated, Is.Not.Empty);
        Assert.That(whitelisted, Is.SupersetOf(generated));
    }

    [TestCase("int f; void M() { int L() => f; L(); }", TestName = "local function of an ordinary member")]
    [TestCase("async Task M() { await Task.Yield(); }", TestName = "async member that is not whitelisted")]
    public void Generated_code_of_other_members_is_not_whitelisted(string source)
    {
        CSharpFixture fixture = CSharpFixture.Compile($"class C {{ [SafeRegionAccess] void Trusted() {{ }} {source} }}", level);

        Assert.That(fixture.WhitelistedNames(), Is.EqualTo(new[] { "Trusted" }));
    }

    [Test]
    public void Generated_member_that_an_ordinary_member_refers_to_as_well_is_not_whitelisted()
    {
        CSharpFixture fixture = CSharpFixture.Compile("""
            class C
            {
                [SafeRegionAccess] static void Trusted() => Shared();
                static void Ordinary() => Shared();
                [CompilerGenerated] static void Shared() { }
            }
            """, level);

        Assert.That(fixture.WhitelistedNames(), Is.EqualTo(new[] { "Trusted" }));
    }

    [Test]
    public void Generated_member_that_other_assemblies_can_call_is_not_whitelisted()
    {
        CSharpFixture fixture = CSharpFixture.Compile("public record R(int A); class C { [SafeRegionAccess] static void Trusted(R r) => r.Deconstruct(out _); }", level);

        Assert.That(fixture.WhitelistedNames(), Is.EqualTo(new[] { "Trusted" }));
    }

    [Test]
    public void Automatic_property_that_a_whitelisted_member_uses_is_not_whitelisted()
    {
        CSharpFixture fixture = CSharpFixture.Compile("public class C { public int P { get; set; } [SafeRegionAccess] int Trusted() => P; }", level);

        Assert.That(fixture.WhitelistedNames(), Is.EqualTo(new[] { "Trusted" }));
    }

    [Test]
    public void Whitelisted_member_has_no_checks()
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { [SafeRegionAccess] static int M(int* p) => *p; }", level);

        Assert.That(fixture.Decisions("M"), Is.Empty);
    }
}
