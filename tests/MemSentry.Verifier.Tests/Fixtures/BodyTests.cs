using MemSentry.Analysis.Options;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests.Fixtures;

/// <summary>Tests that write the body of one member of a woven assembly and verify what they wrote.</summary>
internal abstract class BodyTests
{
    /// <summary>The members that bodies may call; <c>Run</c> is the one that is written.</summary>
    protected const string Source = """
        public static unsafe class C
        {
            public static int Run(int* p, int n, ref int r, Span<long> s, long length, ref Span<long> t, nint h) => 0;
            public static int* Kept;
            public static void Callee() { }
            public static void CalleeOf(ref int r) { }
            public static void CalleeOfSpan(Span<long> s) { }
            [SafeRegionAccess] public static Span<long> Trusted() => default;
            [SafeRegionAccess] public static void Fill(ref Span<long> s) { }
            [DllImport("c")] public static extern void free(void* p);
            public static long Plain(int n, long l, string s, double d) => 0;
            public static long SamePlain(int n, long l, string s, double d) => 0;
            public static long Mixed(int n, nint l, string s, double d) => 0;
            public static ref int OfPlain(int n) => throw new Exception();
            public static ref int SameOfPlain(int n) => throw new Exception();
            public static Span<int> SpanOf(int n) => default;
            public static Span<int> SameSpanOf(int n) => default;
            public static int Numbered(nint n) => 0;
            public static int SameNumbered(nint n) => 0;
            public static int Handled(GCHandle h) => 0;
            public static int SameHandled(GCHandle h) => 0;
            public static T Any<T>(T t) => t;
            public static T SameAny<T>(T t) => t;
            public struct Pair { public long First; public Byte Second; }
            public enum Byte : byte { }
            public struct Large { public fixed byte Bytes[1024]; }
            [StructLayout(LayoutKind.Sequential, Size = 1 << 30)] public struct Huge { public int First; }
            public struct Outer { public Pair Inner; public DateTimeOffset Other; }
            public struct Named { public byte First; public Guid Id; public decimal Price; public System.Numerics.Vector3 At; }
            public struct Wide { public byte First; public Int128 Number; }
            [InlineArray(100)] public struct Many { public long First; }
            public static ReadOnlySpan<byte> Data() => "0123456"u8;
            public struct Of<T> { public T Value; }
        }
        """;

    private readonly Dictionary<string, string> _woven = [];
    private Workplace _work = null!;
    private string _compiled = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        _work = new Workplace();
        _compiled = _work.Compile(Source);
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    protected void Accepts(Action<Assembler> write, WeaverOptions? options = null) => Assert.That(Verify(Returning(write), options), Is.Empty);

    protected void Rejects(VerifierCode expected, Action<Assembler> write, WeaverOptions? options = null) =>
        Assert.That(Verify(Returning(write), options).Select(f => f.Code).Distinct(), Is.EqualTo(new[] { expected }));

    /// <summary>What the verifier finds in the body as it is written, which need not end in a <c>ret</c>.</summary>
    protected IReadOnlyList<Finding> Verify(Action<Assembler> write, WeaverOptions? options = null, string member = "Run") => Verify(module =>
    {
        var assembler = new Assembler(module.GetType("C").Methods.Single(m => m.Name == member));
        assembler.Code.Clear();
        write(assembler);
    }, options).Findings;

    /// <summary>What the verifier reports of a changed module.</summary>
    protected VerificationReport Verify(Action<ModuleDefinition> change, WeaverOptions? options = null) =>
        Workplace.Verify(_work.Change(Woven(options ?? new WeaverOptions()), change));

    private static Action<Assembler> Returning(Action<Assembler> write) => assembler =>
    {
        write(assembler);
        assembler.Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ret);
    };

    /// <summary>The fixture woven with some options; each only once, under a name of its own.</summary>
    private string Woven(WeaverOptions options)
    {
        string key = $"{options.ProtMethod}{options.Trust}{options.Rw}";
        if (!_woven.TryGetValue(key, out string? woven))
        {
            woven = _work[key + ".dll"];
            File.Copy(_work.Weave(_compiled, options), woven);
            _woven.Add(key, woven);
        }

        return woven;
    }
}
