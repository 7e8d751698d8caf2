using MemSentry.Analysis.Options;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>Which indexes of 64 bits comparisons bound, so that the last access of a member needs no check, and which they do not.</summary>
[TestFixture]
internal sealed class ComparisonTests
{
    private const string Types = "struct B { public fixed byte X[1024]; } static void F() => GC.KeepAlive(null); static void G(long* p) { } ";

    [TestCase("static int M(int* p, int n) { int s = *p; for (long i = 0; i < n; i++) s += p[i]; return s; }", TestName = "omits: an index that a loop counts up to 32 bits")]
    [TestCase("static int M(int* p, int n) { int s = *p; for (long i = n; i >= 0; i--) s += p[i]; return s; }", TestName = "omits: an index that a loop counts down")]
    [TestCase("static void M(byte* p, int n) { *p = 0; for (int i = 2; i < n; i++) for (long j = (long)i * i; j < n; j += i) p[j] = 1; }", TestName = "omits: an index that starts at a square, and goes on by what is not negative")]
    [TestCase("static int M(int* p, nint n) { int s = *p; for (nint i = 0; i < n && i < 1000; i++) s += p[i]; return s; }", TestName = "omits: a native integer below a constant")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i >= 0 && i < 1000) s += p[i]; return s; }", TestName = "omits: bounded on both sides")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i < 0 || i > 1000) return s; return s + p[i]; }", TestName = "omits: refused outside of bounds")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (-5 <= i && 1000 > i) s += p[i]; return s; }", TestName = "omits: the index on the right")]
    [TestCase("static int M(int* p, ulong i) { int s = *p; if (i < 1000) s += p[i]; return s; }", TestName = "omits: less than a constant without sign")]
    [TestCase("static int M(int* p, ulong i, byte n) { int s = *p; if (i < n) s += p[i]; return s; }", TestName = "omits: less than a number that is not negative")]
    [TestCase("static int M(byte* p, int n) { F(); int s = 0; for (long i = 0; i < n; i++) s += p[i]; return s; }", TestName = "omits: a bound of 32 bits that is made new behind a call")]
    public void Omits(string source) => Assert.That(Last(source), Is.EqualTo("withinreach"));

    [TestCase("static int M(int* p, long n) { int s = *p; for (long i = 0; i < n; i++) s += p[i]; return s; }", TestName = "keeps: a bound of 64 bits")]
    [TestCase("static int M(int* p, int n) { int s = *p; for (long i = 0; i < n; i -= 3) s += p[i]; return s; }", TestName = "keeps: counted away from the bound")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i < 1000) s += p[i]; return s; }", TestName = "keeps: a signed compare gives no lower bound, so the sign is unknown")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i >= 0) s += p[i]; return s; }", TestName = "keeps: no upper bound")]
    [TestCase("static int M(int* p, ulong i, int n) { int s = *p; if (i < (ulong)n) s += p[i]; return s; }", TestName = "keeps: without sign, less than a bound that may be negative")]
    [TestCase("static int M(int* p, ulong i) { int s = *p; if (i > 1000) s += p[i]; return s; }", TestName = "keeps: without sign, more than a constant")]
    [TestCase("static int M(int* p, long i) { int s = *p; if ((int)i >= 0 && (int)i < 1000) s += p[i]; return s; }", TestName = "keeps: only the low 32 bits are compared")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i >= 0 && i < 1000) return s; return s + p[i]; }", TestName = "keeps: the other way out of the branch")]
    [TestCase("static int M(int* p, long i, bool b) { int s = *p; if (b && (i < 0 || i > 1000)) return s; return s + p[i]; }", TestName = "keeps: bounded on one path only")]
    [TestCase("static int M(int* p, long i, long d) { int s = *p; if (i >= 0 && i < 1000) { i += d; s += p[i]; } return s; }", TestName = "keeps: the variable changes behind the comparison")]
    [TestCase("static int M(int* p, long i, long j) { int s = *p; if (i >= 0 && i < 1000) s += p[j]; return s; }", TestName = "keeps: another variable was compared")]
    [TestCase("static int M(int* p, int n, long m) { int s = *p; long e = n; for (long i = 0; i < e; i++) { s += p[i]; e = m; } return s; }", TestName = "keeps: the bound of the loop changes in it")]
    [TestCase("static int M(int* p, long i) { if (i < 0 || i > 1000) return 0; F(); return *p + p[i]; }", TestName = "keeps: a call comes between, and the index may have been kept where it was overwritten")]
    [TestCase("static int M(int* p, long i) { if (i < 0 || i > 1000) return 0; F(); int s = *p; if (i >= 0 && i < 1000) s += p[i]; return s; }", TestName = "keeps: behind a call, the comparison of an older number may be the one before it")]
    [TestCase("static int M(int* p, long i) { G(&i); int s = *p; if (i >= 0 && i < 1000) s += p[i]; return s; }", TestName = "keeps: the address of the index was taken, and another thread may change it")]
    [TestCase("static int M(int* p, long* q) { int s = *p; if (*q >= 0 && *q < 1000) s += p[*q]; return s; }", TestName = "keeps: what was compared is read from memory again, where another thread may change it")]
    [TestCase("static int M(B* p, int n) { int s = p[0].X[0]; for (long i = 0; i < n; i++) s += p[i].X[0]; return s; }", TestName = "keeps: elements so large that the index reaches across a guard")]
    [TestCase("static int M(int* p, long i) { int s = *p; if (i * i < 1000) s += p[i]; return s; }", TestName = "keeps: a product that may wrap around was compared")]
    [TestCase("static int M(int* p, long i) { try { if (i < 0 || i > 1000) return 0; F(); } catch { return *p + p[i]; } return 0; }", TestName = "keeps: a handler knows nothing of comparisons")]
    public void Keeps(string source) => Assert.That(Last(source), Is.EqualTo("checked"));

    [Test]
    public void Under_sfi_a_bounded_index_is_added_to_a_masked_copy() =>
        Assert.That(Last("static int M(byte* p, int n) { int s = 0; for (long i = 0; i < n; i++) s += p[i]; return s; }", new WeaverOptions { ProtMethod = ProtectionMethod.Sfi }), Is.EqualTo("masked"));

    [Test]
    public void Where_the_frame_is_trusted_a_bound_stays_what_it_is_behind_calls() =>
        Assert.That(Last("static int M(byte* p, int n) { F(); int s = *p; for (long i = 0; i < n; i++) s += p[i]; return s; }", new WeaverOptions { Trust = PointerTrust.Frame }), Is.EqualTo("withinreach"));

    private static string Last(string source, WeaverOptions? options = null) =>
        CSharpFixture.Compile($"unsafe class C {{ {Types} {source} }}").Decisions("M", options ?? new WeaverOptions()).TrimEnd().Split('\n')[^1].Split(' ')[3].TrimEnd(':');
}
