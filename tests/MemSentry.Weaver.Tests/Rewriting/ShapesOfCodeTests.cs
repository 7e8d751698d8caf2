using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>
/// One fixture with the shapes of code that are easy to break. Each member runs on ordinary memory as it does unwoven, and throws the violation
/// when one of its pointers leads into the block.
/// </summary>
internal sealed class ShapesOfCodeTests
{
    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        public static unsafe class Shapes
        {
            static int zero;
            static int Side(int v) { zero += 0; return v; }
            public static int BranchWithOperands(int* p) => Side(100) + (Side(1) > 0 ? *p : p[1]);
            public static int FirstOfTry(int* p) { try { *p = 5; } finally { zero = 0; } return *p; }
            public static int BehindTry(int* p) { try { zero = 0; } catch (InvalidOperationException) { zero = 1; } return *p; }
            public static int InFilter(int* p) { try { throw new Exception("x"); } catch (Exception e) when (*p == 41 && e.Message == "x") { return 1; } catch { return 2; } }
            public static int InFinally(int* p) { int r = 0; try { r = 1; } finally { r += *p; } return r; }
            public static int InCatch(int* p) { try { throw new Exception(); } catch { return *p; } }
            public static int SwitchTarget(int* p)
            {
                int sum = 0;
                for (int i = 0; i < 4; i++)
                    switch (i) { case 0: *p += 1; break; case 1: sum += *p; break; case 2: *p = 41; break; default: sum += 2; break; }
                return sum + *p;
            }
            public static int Loop(int* p) { int sum = 0; int n = 3; do { sum += *p; } while (--n > 0); return sum; }
            public static int WhileRead(int* p) { int i = 0; while (*p > i) i++; return i; }
            public static int Volatile(int* p) { ref int r = ref *p; System.Threading.Volatile.Write(ref r, 9); return System.Threading.Volatile.Read(ref r); }
            public static int StoreObjectField(int* p) { var b = (Box*)p; b->X = 1; b->Y = 2; b->X += b->Y; return b->X; }
            public static int StructCopy(int* p) { Box b = *(Box*)p; b.X++; *(Box*)p = b; return ((Box*)p)->X; }
            public static int VolatileField(int* p) { ((VolatileBox*)p)->V = 8; return ((VolatileBox*)p)->V; }
            struct VolatileBox { public volatile int V; }
            public static int ConstrainedReceiver(int* p) => Text(p).Length;
            static string Text<T>(T* p) where T : unmanaged => p->ToString();
            public static int NullCoalescing(int* p) => (zero == 0 ? p : null) is var q && q != null ? *q : -1;
            public static int Compound(int* p) { *p++ += 3; *--p -= 1; return *p; }
            public static int Nested(int* p) { try { try { zero = 0; } finally { *p += 1; } } catch (NullReferenceException) { return -1; } return *p; }
            public static T Generic<T>(T* p) where T : unmanaged => *p;
            public static int CallGeneric(int* p) => Generic(p);
            public static long GenericStore(int* p) { Put(p, 77); return *p; }
            static void Put<T>(T* p, T value) where T : unmanaged => *p = value;
            public static int RefArgument(int* p) { Increment(ref *p); return *p; }
            static void Increment(ref int r) => r++;
            public static int FunctionPointer(int* p) { delegate*<int*, int> f = &Read; return f(p); }
            static int Read(int* p) => *p;
            public static int SpanOver(int* p) { var s = new Span<int>(p, 1); s[0]++; return s[0]; }
            public static int Float(int* p) { *(double*)p = 2.5; *(float*)p = 1.5f; return (int)*(float*)p; }
            public static int Long(int* p) { *(long*)p = 1L << 33; return (int)(*(long*)p >> 33); }
            public static int Pointers(int* p) { int** pp = (int**)p; *pp = null; return *pp == null ? 3 : 4; }
            public static int InParameter(int* p) => ByIn(in *p);
            static int ByIn(in int r) => r;
            public static int RefStruct(int* p) { var h = new Holder(ref *p); h.Value++; return h.Value; }
            ref struct Holder { ref int _r; public Holder(ref int r) => _r = ref r; public ref int Value => ref _r; }
            public static int CopyBlocks(int* p) { int* local = stackalloc int[2]; local[0] = 6; Unsafe.CopyBlock(p, local, 4); Unsafe.InitBlock((byte*)p + 1, 0, 3); return *p; }
            public static int TypedReferenceInTheWay(int* p) { int x = 5; TypedReference t = __makeref(x); return Take(*p, __refvalue(t, int)); }
            static int Take(int a, int b) => a + b;
            public static int Constrained(int* p) => Hash(ref *p);
            static int Hash<T>(ref T value) where T : struct => value.GetHashCode();
            struct Box { public int X, Y; }
        }
        """;

    public static IEnumerable<string> Names()
    {
        using ModuleDefinition module = CSharpFixture.Compile(Source).Read();
        return
        [
            .. from method in module.GetType("Shapes").Methods
               where method.IsPublic && method.Parameters.Count == 1 && !method.HasGenericParameters
               select method.Name,
        ];
    }

    [Test]
    public void OrdinaryMemoryBehavesAsUnwoven([ValueSource(nameof(Names))] string member, [Values] OptimizationLevel level, [Values] bool planned)
    {
        CSharpFixture fixture = CSharpFixture.Compile(Source, level);
        using var unwoven = new WovenFixture(fixture.Image);
        using WovenFixture woven = Weave(fixture, planned);

        Assert.That(RunOnMemory(woven, member), Is.EqualTo(RunOnMemory(unwoven, member)));
    }

    [Test]
    public void OrdinaryMemoryBehavesAsUnwovenUnderOtherOptions(
        [Values] OptimizationLevel level,
        [Values(ProtectionMethod.Mpx, ProtectionMethod.Sfi)] ProtectionMethod method,
        [Values] PointerTrust trust)
    {
        CSharpFixture fixture = CSharpFixture.Compile(Source, level);
        using var unwoven = new WovenFixture(fixture.Image);
        using ModuleDefinition module = fixture.Read();
        using WovenFixture woven = WovenFixture.AsPlanned(module, new WeaverOptions { ProtMethod = method, Trust = trust });

        Assert.That(woven.PrepareAll(), Is.GreaterThan(30));
        foreach (string member in Names())
            Assert.That(RunOnMemory(woven, member), Is.EqualTo(RunOnMemory(unwoven, member)), member);
    }

    [Test]
    public void APointerIntoTheBlockIsAViolation([ValueSource(nameof(Names))] string member, [Values] OptimizationLevel level)
    {
        using WovenFixture woven = Weave(CSharpFixture.Compile(Source, level), planned: true);

        // An exception in a filter counts as "false": ECMA-335 I.12.4.2.5. The access did not happen.
        Assert.That(() => woven.Call("Shapes." + member, Pointer(BlockAddress.Arena)),
            member == "InFilter" ? Is.EqualTo(2) : Throws.InstanceOf<SafeRegionViolationException>());
    }

    [Test]
    public void NullIsStillANullReference([Values] OptimizationLevel level)
    {
        using WovenFixture woven = Weave(CSharpFixture.Compile(Source, level), planned: true);

        Assert.That(() => woven.Call("Shapes.BehindTry", Pointer(0)), Throws.InstanceOf<NullReferenceException>());
    }

    [Test]
    public void EveryMemberIsValidForTheJit([Values] OptimizationLevel level, [Values] bool planned)
    {
        using WovenFixture woven = Weave(CSharpFixture.Compile(Source, level), planned);

        Assert.That(woven.PrepareAll(), Is.GreaterThan(30));
    }

    private static WovenFixture Weave(CSharpFixture fixture, bool planned)
    {
        using ModuleDefinition module = fixture.Read();
        return planned ? WovenFixture.AsPlanned(module) : WovenFixture.Of(module);
    }

    private static unsafe (object?, int, int) RunOnMemory(WovenFixture fixture, string member)
    {
        int* memory = stackalloc int[2];
        (memory[0], memory[1]) = (41, 42);
        object? result = fixture.Call("Shapes." + member, Pointer((long)memory));
        return (result, memory[0], memory[1]);
    }

    private static unsafe object Pointer(long address) => System.Reflection.Pointer.Box((void*)address, typeof(int*));
}
