using System.Runtime.InteropServices;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Accessors that take the place of their calls in loops.</summary>
[TestFixture]
internal sealed unsafe class AccessorCallTests
{
    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        using MemSentry;
        public static unsafe class Read
        {
            public static short Int16(IntPtr address, int offset) => *(short*)((byte*)address.ToPointer() + offset);
            public static byte Byte(byte* address, int offset) => address[offset];
            public static int Scaled(int* address, int index) => address[index];
            public static long Int64(IntPtr address, int offset) => Unsafe.ReadUnaligned<long>((byte*)address + offset);
            public static sbyte First(sbyte* address) => *address;

            [MethodImpl(MethodImplOptions.NoInlining)] public static byte Apart(byte* address, int offset) => address[offset];
            [SafeRegionAccess] public static byte Trusted(byte* address, int offset) => address[offset];
            public static byte Generic<T>(byte* address, int offset) => address[offset];
            public static int Twice(byte* address, int offset) => address[offset] + address[offset + 1];
            public static short Narrowed(byte* address, int offset) => (short)*(int*)(address + offset);
            public static byte Far(byte* address, long offset) => address[offset];
            public static byte Turned(int offset, byte* address) => address[offset];
            public static byte Compared(byte* address, int offset) => offset < 0 ? (byte)0 : address[offset];
            public static void Store(byte* address, int offset) => address[offset] = 1;
            public static object Object(byte* address, int offset) => address[offset];
        }
        public static unsafe class Constructed
        {
            static readonly int Anything;
            static Constructed() => Anything = 1;
            public static byte Byte(byte* address, int offset) => address[offset];
        }
        public static unsafe class Loops
        {
            public static int Int16(IntPtr p, int n) { int i = 0; while (Read.Int16(p, i) != 0) i += 2; return i; }
            public static int Byte(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Byte(p, i); return s; }
            public static int Scaled(int* p, int n) { int s = 0; for (int i = 0; i < n / 4; i++) s = s * 3 + Read.Scaled(p, i); return s; }
            public static int Int64(IntPtr p, int n) { long s = 0; for (int i = 0; i < n / 8; i++) s = s * 3 + Read.Int64(p, i * 8 - 4 + 4); return (int)s; }
            public static int First(sbyte* p, int n) { int s = 0; while (Read.First(p) != 0) { s = s * 3 + Read.First(p); p++; } return s; }
            public static int Two(byte* p, int n) { int s = 0; for (int i = 0; i < n && Read.Byte(p, i) != 0; i++) s = s * 3 + (Read.Byte(p, i) > 3 ? Read.Byte(p, n - 1) : Read.Byte(p, 0)); return s; }

            public static int Apart(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Apart(p, i); return s; }
            public static int Trusted(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Trusted(p, i); return s; }
            public static int Generic(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Generic<int>(p, i); return s; }
            public static int Twice(byte* p, int n) { int s = 0; for (int i = 0; i < n - 1; i++) s += Read.Twice(p, i); return s; }
            public static int Narrowed(byte* p, int n) { int s = 0; for (int i = 0; i < n - 3; i++) s += Read.Narrowed(p, i); return s; }
            public static int Far(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Far(p, i); return s; }
            public static int Turned(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Turned(i, p); return s; }
            public static int Compared(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Compared(p, i); return s; }
            public static int Store(byte* p, int n) { for (int i = 0; i < n; i++) Read.Store(p, i); return *p; }
            public static int Object(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += (byte)Read.Object(p, i); return s; }
            public static int ConstructedFirst(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Constructed.Byte(p, i); return s; }
            public static int Short(byte* p, int n) { int s = 0; for (short i = 0; i < n; i++) s += Read.Byte(p, i); return s; }
            public static int Computed(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Byte(p + i, 0); return s; }
            public static int Chosen(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Byte(p, i > 3 ? i : n - 1); return s; }
            public static int Straight(byte* p, int n) => Read.Byte(p, n - 1);
            public static int Marked(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) { MemSentryMarkers.SafeRegionAccess(); s += Read.Byte(p, i) + *p; } return s; }
            [SafeRegionAccess] public static int Whitelisted(byte* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += Read.Byte(p, i); return s; }
        }
        """;

    private static readonly byte[] Data = [1, 2, 3, 200, 5, 6, 7, 8, 9, 250, 11, 12, 13, 14, 15, 16, 0, 0];

    private static readonly PreparedSource Original = new(Source, "Loops", Result);

    [TestCase("Int16")]
    [TestCase("Byte")]
    [TestCase("Scaled")]
    [TestCase("Int64", Description = "an offset that is computed")]
    [TestCase("First", Description = "without an offset")]
    [TestCase("Two", Description = "an offset that is chosen is not understood; the call around it is")]
    public void A_call_in_a_loop_gives_way(string member)
    {
        ModuleDefinition module = Original.Weave(null, out ModulePlan plan);

        Assert.That(plan.Statistics.Passes[PlanningPass.Accessors], Is.EqualTo(10), "calls gave way in all six loops");
        Assert.That(CallsIn(module, member), Is.Empty);
        Assert.That(plan.All.Single(p => p.Method.Name == member && p.Method.DeclaringType.Name == "Loops").LoopEntries, Is.Not.Empty, "what is checked is checked on the way into the loop");
        Original.AssertSameResults(module, member);
    }

    [TestCase("Apart", Description = "who may not be inlined stays")]
    [TestCase("Trusted", Description = "whose accesses are nobody's business")]
    [TestCase("Generic")]
    [TestCase("Twice", Description = "two loads")]
    [TestCase("Narrowed", Description = "a result that is made smaller")]
    [TestCase("Far", Description = "an offset of 64 bits")]
    [TestCase("Turned", Description = "the arguments lie the other way round")]
    [TestCase("Compared", Description = "a branch")]
    [TestCase("Store")]
    [TestCase("Object", Description = "an allocation")]
    [TestCase("ConstructedFirst", Description = "the call runs a static constructor")]
    [TestCase("Short", Description = "the offset has another type than the parameter")]
    [TestCase("Computed", Description = "the address is no variable")]
    [TestCase("Chosen", Description = "a branch leads in between")]
    [TestCase("Straight", Description = "no loop")]
    [TestCase("Marked", Description = "the marker is for what stands behind it in the source")]
    [TestCase("Whitelisted", Description = "a member that is left alone")]
    public void Another_call_stays(string member)
    {
        ModuleDefinition module = Original.Weave();

        Assert.That(CallsIn(module, member), Is.Not.Empty);
        Original.AssertSameResults(module, member);
    }

    [Test]
    public void All_calls_stay_where_checks_are_not_moved([Values("none", "naive", "unhoisted", "disabled", "distrust")] string way)
    {
        ModuleDefinition module = Original.Weave(PreparedSource.Without(way));

        Assert.That(CallsIn(module, "Byte"), Is.Not.Empty);
    }

    [Test]
    public void A_violation_is_reported_at_the_place_of_the_call()
    {
        using ModuleDefinition before = Original.Read();
        Instruction call = Original.Member(before, "Byte").Body.Instructions.Single(i => i.OpCode.Code == Code.Call);
        ModuleDefinition module = Original.Weave();
        using WovenFixture woven = PreparedSource.Load(module);

        var violation = Assert.Throws<SafeRegionViolationException>(() => woven.Call("Loops.Byte", unchecked((nint)BlockAddress.Arena), 3))!;

        Assert.That(violation.ILOffset, Is.InRange(call.Offset, call.Offset + 4));
        Assert.That(violation.Member, Does.Contain("Loops::Byte"));
    }

    [TestCase("Int16")]
    [TestCase("Byte")]
    [TestCase("Scaled")]
    [TestCase("First")]
    public void A_null_pointer_stays_one(string member)
    {
        ModuleDefinition module = Original.Weave();
        using WovenFixture woven = PreparedSource.Load(module);

        Assert.Throws<NullReferenceException>(() => woven.Call("Loops." + member, IntPtr.Zero, 8));
    }

    private static IEnumerable<Instruction> CallsIn(ModuleDefinition module, string member) =>
        Original.Member(module, member).Body.Instructions.Where(i => i.Operand is MethodReference { DeclaringType.Name: "Read" or "Constructed" });

    private static object? Result(WovenFixture fixture, string member)
    {
        void* memory = NativeMemory.Alloc((nuint)Data.Length);
        try
        {
            Data.CopyTo(new Span<byte>(memory, Data.Length));
            return fixture.Call(member, (IntPtr)memory, 16);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
