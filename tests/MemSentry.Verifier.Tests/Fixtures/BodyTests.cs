using MemSentry.Analysis.Options;
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
            public static void Callee() { }
            public static void CalleeOf(ref int r) { }
            public static void CalleeOfSpan(Span<long> s) { }
            [SafeRegionAccess] public static Span<long> Trusted() => default;
            [SafeRegionAccess] public static void Fill(ref Span<long> s) { }
            [DllImport("c")] public static extern void free(void* p);
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

    protected void Accepts(Action<Assembler> write, WeaverOptions? options = null) => Assert.That(Verify(write, options), Is.Empty);

    protected void Rejects(VerifierCode expected, Action<Assembler> write, WeaverOptions? options = null) =>
        Assert.That(Verify(write, options).Select(f => f.Code).Distinct(), Is.EqualTo(new[] { expected }));

    private IReadOnlyList<Finding> Verify(Action<Assembler> write, WeaverOptions? options)
    {
        string changed = _work.Change(Woven(options ?? new WeaverOptions()), module =>
        {
            var assembler = new Assembler(module.GetType("C").Methods.Single(m => m.Name == "Run"));
            assembler.Code.Clear();
            write(assembler);
            assembler.Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ret);
        });
        return Workplace.Verify(changed).Findings;
    }

    /// <summary>The fixture woven with some options; each only once, under a name of its own.</summary>
    private string Woven(WeaverOptions options)
    {
        string key = $"{options.ProtMethod}{options.Trust}";
        if (!_woven.TryGetValue(key, out string? woven))
        {
            woven = _work[key + ".dll"];
            File.Copy(_work.Weave(_compiled, options), woven);
            _woven.Add(key, woven);
        }

        return woven;
    }
}
