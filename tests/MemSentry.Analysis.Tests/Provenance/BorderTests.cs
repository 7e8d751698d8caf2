using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Tests.Fixtures;

namespace MemSentry.Analysis.Tests.Provenance;

/// <summary>Where pointers become references and where they leave woven code.</summary>
[TestFixture]
internal sealed class BorderTests
{
    [TestCase("static void F(ref int r) { } static void M(int* p) => F(ref *p);", "call [0] conversion checked: PointerParameter")]
    [TestCase("struct S { public int V; public int Get() => V; } static int M(S* p) => p->Get();", "call [0] conversion checked: PointerParameter")]
    [TestCase("struct S { public int V; } static string M(S* p) => p->ToString();", "callvirt [0] conversion checked: PointerParameter")]
    [TestCase("static ref int M(int* p) => ref *p;", "ret [0] conversion checked: PointerParameter")]
    [TestCase("ref struct S { public ref int R; } static void M(ref S s, int* p) { s.R = ref *p; }", "stfld [0] conversion checked: PointerParameter")]
    [TestCase("static void M(int* p) => F(ref Unsafe.As<int, long>(ref *p)); static void F(ref long r) { }", "call [0] conversion checked: ApiResult")]
    [TestCase("static void F(TypedReference t) { } static void M(int* p) => F(__makeref(*p));", "mkrefany [0] conversion checked: PointerParameter")]
    public void Reference_from_a_pointer_is_checked_where_it_is_made(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [Test]
    public void Displaced_reference_crosses_as_the_type_it_has() =>
        Assert.That(Lines("struct S { public T In; } struct T { int f; } static void F(ref T t) { } static void M(ref S s) => F(ref s.In);"),
            Is.EqualTo(new[] { "call [0] conversion proven: AnchoredField" }));

    [Test]
    public void Displaced_reference_does_not_cross_as_another_type()
    {
        // "callee(ref (S)s.In)" without a call in between cannot be written in C#; the same body with the callee's parameter retyped can.
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { struct S { public T In; } struct T { int f; } static void F(ref T t) { } static void M(ref S s) => F(ref s.In); }");
        Mono.Cecil.MethodDefinition callee = fixture.Module.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == "F");
        callee.Parameters[0].ParameterType = new Mono.Cecil.ByReferenceType(fixture.Module.GetType("C").NestedTypes.Single(t => t.Name == "S"));

        Assert.That(fixture.Decisions("M"), Is.EqualTo("call [0] conversion checked: AnchoredField"));
    }

    [TestCase("[DllImport(\"c\")] static extern void free(void* p); static void M(void* p) => free(p);", "call [0] escape checked: PointerParameter")]
    [TestCase("[DllImport(\"c\")] static extern void free(nint p); static void M(nint p) => free(p);", "call [0] escape checked: PointerParameter")]
    [TestCase("static void M(delegate*<int*, void> f, int* p) => f(p);", "calli [1] escape checked: PointerParameter")]
    [TestCase("static void M(delegate* unmanaged<nint, void> f, nint p) => f(p);", "calli [1] escape checked: PointerParameter")]
    [TestCase("delegate void D(int* p); static void M(D d, int* p) => d(p);", "callvirt [0] escape checked: PointerParameter")]
    [TestCase("static void M(byte* p) => Buffer.MemoryCopy(p, p, 8, 8);", "call [3] load checked as range: PointerParameter")]
    [TestCase("static void M(byte* p) { var s = new Span<byte>(p, 8); }", "newobj [1] conversion checked as range: PointerParameter")]
    [TestCase("static long M(nint p) => Marshal.ReadInt64(p);", "call [0] load checked: PointerParameter")]
    [TestCase("static long M(Func<nint, long> f, nint p) => f(p);", "callvirt [0] escape checked: PointerParameter")]
    [TestCase("[SafeRegionAccess] static void Trusted(byte* p) { } static void M(byte* p) => Trusted(p);", "call [0] escape checked: PointerParameter")]
    [TestCase("class B { public virtual void V(byte* p) { } } static void M(B b, byte* p) => b.V(p);", "callvirt [0] escape checked: PointerParameter")]
    public void Pointer_is_checked_where_it_leaves_woven_code(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [Test]
    public void Delegate_of_a_named_member_needs_no_check() =>
        Assert.That(Lines("void F() { } Action M() => F;"), Is.EqualTo(new[] { "newobj [0] escape proven: MemberEntry" }));

    [TestCase("static nint M(nint p) => Math.Max(p, 1);")]
    [TestCase("static bool M(nint p) => IntPtr.IsPositive(p);")]
    public void Native_integer_that_nobody_follows_is_not_an_escape(string source) => Assert.That(Lines(source), Is.EqualTo(new[] { "" }));

    [Test]
    public void Pointer_to_a_woven_member_is_not_an_escape() =>
        Assert.That(Lines("static void F(byte* p) { } static void M(byte* p) => F(p);"), Is.EqualTo(new[] { "" }));

    [TestCase("static void M(byte* p, long n) => Buffer.MemoryCopy(p, p, n, n);", "call [2] store checked as range: PointerParameter")]
    [TestCase("static void M(byte* p, long n) => new System.IO.UnmanagedMemoryStream(p, n);", "newobj [1] conversion checked as range: PointerParameter")]
    [TestCase("static void M(ref int r, int n) => MemoryMarshal.CreateSpan(ref r, n);", "call [1] conversion checked as range: ReferenceParameter")]
    [TestCase("static void M(int n) { Span<byte> s = stackalloc byte[n]; }", "newobj [1] conversion checked as range: StackAllocation")]
    [TestCase("static void M(SafeBuffer b, ulong n) => b.Initialize(n);", "callvirt [1] conversion checked as length: NotAnAddress")]
    [TestCase("static System.Runtime.Intrinsics.Vector128<int> M(ref int r, nuint i) => System.Runtime.Intrinsics.Vector128.LoadUnsafe(ref r, i);",
        "call [1] load checked as displaced: ReferenceParameter")]
    public void Length_is_checked_with_its_address(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [TestCase("static void M(ref byte p, uint n) => Unsafe.InitBlock(ref p, 0, n);")]
    [TestCase("static long M(nint p, int n) => Marshal.ReadInt64(p, n);")]
    public void Short_length_is_left_to_the_guards(string source) => Assert.That(Lines(source), Has.None.Contains(" as "));

    [TestCase("static object M(GCHandle h) => h.Target;", "call [0] escape checked as handlebehind: Argument")]
    [TestCase("GCHandle h; void M() => h.Free();", "call [0] escape checked as handlebehind: ObjectField")]
    [TestCase("static void M(GCHandle* h) => new System.Buffers.MemoryHandle(null, *h);", "newobj [1] escape checked as handle: NotAnAddress")]
    [TestCase("static void M(Action<GCHandle> f, GCHandle h) => f(h);", "callvirt [0] escape checked as handle: NotAnAddress")]
    [TestCase("static object M(nint h) => GCHandle.FromIntPtr(h).Target;", "call [0] escape checked: PointerParameter")]
    [TestCase("class H : SafeHandle { H() : base(0, true) { } public override bool IsInvalid => false; protected override bool ReleaseHandle() => true; void M(nint p) => handle = p; }",
        "stfld [0] escape checked: PointerParameter")]
    public void Handle_is_checked_where_it_is_used(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [TestCase("delegate void D(ref int r); static D d = M; static void M(ref int r) => r = 1;", "stind.i4 [1] store checked: NativeCaller")]
    public void Reference_from_native_code_is_an_origin(string source, string expected) => Assert.That(Lines(source), Does.Contain(expected));

    [Test]
    public void Reference_to_an_override_whose_slot_becomes_a_delegate_is_an_origin()
    {
        CSharpFixture fixture = CSharpFixture.Compile(
            "class B { public virtual void V(ref int r) { } } class E : B { public override void V(ref int r) => W(ref r); void W(ref int r) { } static D F(B b) => b.V; } delegate void D(ref int r);");

        Assert.That(fixture.Plan().All.Select(PlanText.Of), Has.One.Contains("call [0] conversion checked: NativeCaller"));
    }

    [Test]
    public void Indices_of_64_bits_are_refused()
    {
        CSharpFixture fixture = CSharpFixture.Compile(
            "using System.Runtime.Intrinsics; using System.Runtime.Intrinsics.X86; unsafe class C { static Vector128<long> M(long* p, Vector128<long> i) => Avx2.GatherVector128(p, i, 8); }");

        fixture.Plan();

        Assert.That(fixture.Diagnostics.Single().Message, Does.Contain("adds 64-bit indices to an address"));
    }

    [Test]
    public void Escapes_are_left_alone_when_the_option_is_off()
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { [DllImport(\"c\")] static extern void free(void* p); static void M(void* p) => free(p); }");

        Assert.That(fixture.Decisions("M", new WeaverOptions { VerifyExternalCallArgs = false }), Is.EqualTo("call [0] escape notverified: PointerParameter"));
    }

    [TestCase(CheckedAccesses.Read, "ldind.i4 [0] load checked: PointerParameter\nstind.i4 [1] store notselected: PointerParameter")]
    [TestCase(CheckedAccesses.Write, "ldind.i4 [0] load notselected: PointerParameter\nstind.i4 [1] store checked: PointerParameter")]
    [TestCase(CheckedAccesses.ReadWrite, "ldind.i4 [0] load checked: PointerParameter\nstind.i4 [1] store checked: PointerParameter")]
    public void Rw_selects_loads_and_stores(CheckedAccesses rw, string expected)
    {
        CSharpFixture fixture = CSharpFixture.Compile("unsafe class C { static void M(int* p, int* q) { *q = *p; } }");

        Assert.That(fixture.Decisions("M", new WeaverOptions { Rw = rw }), Is.EqualTo(expected));
    }

    private static string[] Lines(string source) => CSharpFixture.Compile($"unsafe class C {{ {source} }}").Decisions("M").Split('\n');
}
