using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Masks of the method <c>sfi</c> change the copy that the access consumes and nothing else; whatever is no raw access is compared.</summary>
[TestFixture(OptimizationLevel.Debug)]
[TestFixture(OptimizationLevel.Release)]
internal sealed unsafe class MaskTests(OptimizationLevel level)
{
    private const string Source = """
        public static unsafe class Seen
        {
            static long s_kept;
            static int* s_pointer;
            public struct Box { public int X; public int* P; }
            public static long AfterLoad(int* p) { int a = *p; return (long)p; }
            public static long AfterStore(int* p) { *p = 5; return (long)p; }
            public static long AfterIncrement(int* p) { *p++ += 3; return (long)--p; }
            public static long AfterField(int* p) { ((Box*)p)->X = ((Box*)p)->X + 1; return (long)p; }
            public static long AfterStructure(int* p) { Box b = *(Box*)p; *(Box*)p = b; *(Box*)p = default; return (long)p; }
            public static long InComparison(int* p) { int a = *p; long masked = (long)p | (1L << 46); return p == (int*)masked || p >= (int*)masked ? -1 : (long)p; }
            public static long InArgument(int* p) { int a = *p; return Take(p); }
            public static long InIndirectArgument(int* p) { int a = *p; delegate*<int*, long> f = &Take; return f(p); }
            static long Take(int* p) => (long)p + (*p = 0);
            public static long InStoredField(int* p) { *p = 1; s_pointer = p; return (long)s_pointer; }
            public static long InStoredPointer(int* p) { Box* b = (Box*)p; b->P = p; return (long)b->P; }
            public static long InBox(int* p) { *p = 1; object o = (nint)p; return (nint)o; }
            public static long InLoop(int* p) { for (int i = 0; i < 3; i++) s_kept += *p; return (long)p; }
            public static long InSteps(int* p) { int* first = p; for (int i = 0; i < 2; i++) { if (p[0] + p[1] != 41 + i) return 0; p += 2; } return (long)first; }
            public static long BehindCalls(int* p) { long sum = 0; for (int i = 0; i < 3; i++) { Rest(); sum += p[0] + p[1]; } return (long)p + sum - 123; }
            public static long AtIndex(int* p) { int i = 2; p[i] += 1; int last = p[i--]--; return (long)p + last - 43 + p[i]; }
            public static long Backwards(int* p) { int* end = p + 4; long sum = 0; for (int i = -4; i < 0; i++) sum += end[i] + end[i] * 2; return (long)p + sum - 249; }
            static void Rest() { }
            public static long InCatch(int* p) { try { *p = 1; throw new System.Exception(); } catch { return (long)p + (*p = 0); } }
        }
        public static unsafe class Other
        {
            public static int NullTest(int* p) => p != null ? *p : 7;
            public static ref int Convert(int* p) => ref *p;
            public static bool Compare(long p) => System.Runtime.CompilerServices.Unsafe.AreSame(ref *(byte*)p, ref *(byte*)p);
            public ref struct Holder { public ref int R; }
            public static int Reference(Holder h) => h.R;
            public static int Elsewhere(int* p, int* q) => *p + *q;
            public static int Far(int* p, long i) => *p + p[i];
            public static int Neighbours(int* p) => *p + p[1];
            public static int OwnMemory() { int* p = stackalloc int[4]; *p = 7; return *p; }
        }
        """;

    private WovenFixture _woven = null!;

    public static IEnumerable<string> Members()
    {
        using ModuleDefinition module = CSharpFixture.Compile(Source).Read();
        return [.. module.GetType("Seen").Methods.Where(m => m.IsPublic).Select(m => m.Name)];
    }

    [OneTimeSetUp]
    public void Weave()
    {
        using ModuleDefinition module = CSharpFixture.Compile(Source, level).Read();
        _woven = WovenFixture.AsPlanned(module, Sfi);
    }

    [OneTimeTearDown]
    public void Unload() => _woven.Dispose();

    [TestCaseSource(nameof(Members))]
    public void TheOriginalIsSeenBehindAnAccess(string member)
    {
        long* memory = stackalloc long[2];
        (memory[0], memory[1]) = (41, 42);
        long address = AliasAddress.Of(memory);

        Assert.That(_woven.Call("Seen." + member, Pointer(address)), Is.EqualTo(address));
    }

    [Test]
    public void ANullTestSeesNull() => Assert.That(_woven.Call("Other.NullTest", Pointer(0)), Is.EqualTo(7));

    [Test]
    public void AConversionToAReferenceIsCompared() =>
        Assert.That(() => _woven.Call("Other.Compare", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());

    [TestCase("AfterLoad", 1, 0)]
    [TestCase("AfterIncrement", 1, 0, Description = "the copy of the variable is masked once, and serves both accesses of the duplicated pointer")]
    [TestCase("Neighbours", 1, 0, Description = "p[1] is displaced from the mask of p")]
    [TestCase("Elsewhere", 2, 0, Description = "a mask of p says nothing of another pointer")]
    [TestCase("Far", 2, 0, Description = "an index of 64 bits reaches anywhere")]
    [TestCase("Backwards", 1, 0, Description = "a loop over one pointer masks nothing: the pointer is masked before it")]
    [TestCase("InSteps", 1, 0, Description = "the copy of a variable is masked at the entry and moves with it")]
    [TestCase("OwnMemory", 0, 0, Description = "an anchor needs no mask")]
    [TestCase("Convert", 0, 1, Description = "a reference that is returned is compared")]
    [TestCase("Reference", 0, 1, Description = "an access through a managed reference is compared")]
    [TestCase("InIndirectArgument", 1, 1, Description = "a pointer that leaves woven code is compared")]
    public void OnlyRawAccessesAreMasked(string member, int masks, int compares)
    {
        using ModuleDefinition module = CSharpFixture.ReadModule(_woven.Image, null);
        Instruction[] body = [.. module.Types.SelectMany(t => t.Methods).Single(m => m.Name == member).Body.Instructions];

        Assert.That((body.Count(i => i is { OpCode.Code: Code.Ldc_I8, Operand: AccessTable.AddressSpaceLayout.AliasBit }), body.Count(CallsThrow)), Is.EqualTo((masks, compares)));
    }

    [Test]
    public void AMaskGoesBeforeThePrefixes()
    {
        MethodDefinition method = HandMade.Method();
        int memory = 7;
        HandMade.Body(method, Instruction.Create(OpCodes.Ldc_I8, AliasAddress.Of(&memory)), Instruction.Create(OpCodes.Conv_U),
            Instruction.Create(OpCodes.Volatile), Instruction.Create(OpCodes.Unaligned, (byte)1), Instruction.Create(OpCodes.Ldind_I4),
            Instruction.Create(OpCodes.Ret));

        using WovenFixture woven = WovenFixture.AsPlanned(method.Module, Sfi);

        Assert.That(method.Body.Instructions.Select(i => i.OpCode.Code).TakeLast(5),
            Is.EqualTo(new[] { Code.Or, Code.Volatile, Code.Unaligned, Code.Ldind_I4, Code.Ret }));
        Assert.That(woven.Call("HandMade.Run"), Is.EqualTo(7));
    }

    [Test]
    public void EveryMemberIsValidForTheJit() => Assert.That(_woven.PrepareAll(), Is.GreaterThan(20));

    private static WeaverOptions Sfi => new() { ProtMethod = ProtectionMethod.Sfi };

    private static bool CallsThrow(Instruction i) => i.OpCode.Code == Code.Call && i.Operand is MethodReference { Name: "Throw", DeclaringType.Name: "<MemSentry>" };

    private static object Pointer(long address) => System.Reflection.Pointer.Box((void*)address, typeof(int*));
}
