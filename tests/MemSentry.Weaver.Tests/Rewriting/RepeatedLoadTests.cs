using System.Runtime.InteropServices;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Pointers that are loaded from a field once in the place of several times.</summary>
[TestFixture]
internal sealed unsafe class RepeatedLoadTests
{
    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        using MemSentry;
        public unsafe struct Node { public Node* P; public Node* Q; public int X; public int Y; }
        public unsafe class Holder { public Node* P; public volatile Node* V; public Holder Next; }
        public unsafe struct Wrapper { public Node* P; public int Sum() => P->X + P->Y; }
        public static unsafe class Early { public static Node* P; public static int Runs; static Early() => Runs++; }
        public static unsafe class Casting<T> where T : class { public static int Sum(Node* n, object o) { int s = n->P->X; if ((T)o is null) s++; return s - n->P->Y; } }
        public static unsafe class Repeated
        {
            static Node* P;
            static IntPtr N;

            public static int Straight(Node* n) => n->P->X - n->P->Y;
            public static int Nested(Node* n) => n->P->P->X - n->P->P->Y;
            public static int Element(Node* n) { int i = (int)(n->X & 1); return n[i].P->X - n[i].P->Y; }
            public static int OneWay(Node* n) { int s = n->P->X; if (n->X > 3) s += n->P->Y; return s; }
            public static int BothWays(Node* n) { int s = n->X > 3 ? n->P->X : n->P->Y + 1; return s * n->P->Y; }
            public static int Object(Node* n) { var h = new Holder { P = n }; return h.P->X - h.P->Y; }
            public static int OfObject(Node* n) { var h = new Holder { Next = new Holder { P = n } }; return h.Next.P->X - h.Next.P->Y; }
            public static int Static(Node* n) { P = n; return P->X - P->Y; }
            public static int NativeInteger(Node* n) { N = (IntPtr)n; return ((Node*)N)->X - ((Node*)N)->Y; }
            public static int Structure(Node* n) { var w = new Wrapper { P = n }; return w.Sum(); }
            public static int Twice(Node* n) { int s = n->P->X - n->P->Y; n->X = s; return s + n->P->X - n->P->Y; }
            public static int Guarded(Node* n) { try { return n->P->X - n->P->Y; } finally { n->X++; } }
            public static int Exception(Node* n) { try { int s = n->P->X - n->P->Y; return n->X > 3 ? throw new Exception() : s; } catch (Exception) { return n->P->X; } }

            public static int Stored(Node* n) { int s = n->P->X; n->P = n->Q; return s - n->P->Y; }
            public static int StoredElsewhere(Node* n) { int s = n->P->X; n->Q->P = n; return s - n->P->Y; }
            public static int Bytes(Node* n) { int s = n->P->X; Unsafe.InitBlock(&n->X, 0, 4); return s - n->P->Y; }
            public static int Called(Node* n) { int s = n->P->X; Change(n); return s - n->P->Y; }
            public static int Cast(Node* n) { var h = new Holder(); int s = n->P->X; if (h is IDisposable) s++; return s - n->P->Y; }
            public static int Assigned(Node* n) { int s = n->P->X; n = n->Q; return s - n->P->Y; }
            public static int AssignedIndex(Node* n) { int i = 0; int s = n[i].P->X; i = 1; return s - n[i].P->Y; }
            public static int AssignedOnOneWay(Node* n) { int s = n->P->X; if (s > 0) n = n->Q; return s - n->P->Y; }
            public static int AssignedWhileItWaits(Node* n) => n->P->X - Second(n, n = n->Q)->P->Y;
            public static int AssignedByReference(Node* n) { Set(ref n); int s = n->P->X; ref Node* r = ref n; r = n->Q; return s - n->P->Y; }
            public static int OtherField(Node* n) => n->P->X - n->Q->Y;
            public static int OtherOwner(Node* n) { Node* m = n->Q; return n->P->X - m->P->Y; }
            public static int OnlyOneWay(Node* n) { int s = 0; if (n->X > 3) s = n->P->X; return s + n->P->Y; }
            public static int Volatile(Node* n) { var h = new Holder { V = n }; return h.V->X - h.V->Y; }
            public static int VolatileBetween(Node* n) { var h = new Holder { P = n, V = n }; int s = h.P->X; s += (int)(nint)h.V & 1; return s - h.P->Y; }
            public static int Waits(Node* n) { int s = n->P->X; while (s < 100) s += n->P->Y; return s; }
            public static int Handler(Node* n) { int s = 0; try { s = n->P->X; throw new Exception(); } catch (Exception) { return s + n->P->Y; } }
            public static int Constructor(Node* n) { int s = Early.P == null ? 1 : 0; Early.P = n; return s + Early.P->X + Early.Runs; }
            public static int Number(Node* n) => n->X * 3 - n->X;
            public static int Marked(Node* n) { MemSentryMarkers.SafeRegionAccess(); int s = n->P->X; return s - n->P->Y; }
            [SafeRegionAccess] public static int Whitelisted(Node* n) => n->P->X - n->P->Y;

            static Node* Second(Node* first, Node* second) => second;
            static void Set(ref Node* n) { }
            [MethodImpl(MethodImplOptions.NoInlining)] static void Change(Node* n) => n->P = n->Q;
        }
        """;

    private static readonly PreparedSource Original = new(Source, "Repeated", Result);

    [TestCase("Straight", 1)]
    [TestCase("Nested", 2, Description = "what is loaded through a pointer that was loaded")]
    [TestCase("Element", 1, Description = "an address that is computed")]
    [TestCase("OneWay", 1, Description = "behind a branch")]
    [TestCase("BothWays", 2, Description = "where two ways meet that have loaded it")]
    [TestCase("Object", 1, Description = "a field of an object")]
    [TestCase("OfObject", 1, Description = "a field of an object in a field")]
    [TestCase("Static", 1)]
    [TestCase("NativeInteger", 1)]
    [TestCase("Twice", 2, Description = "once before a store, and once behind it")]
    [TestCase("Guarded", 1, Description = "in a block that is protected")]
    [TestCase("Exception", 2, Description = "in the block and in its handler")]
    public void A_load_of_what_is_known_gives_way(string member, int loads) => AssertLoads(member, loads);

    [Test]
    public void A_structure_s_own_member_loads_once() =>
        Assert.That(LoadsIn(Original.Weave().GetType("Wrapper").Methods.Single(m => m.Name == "Sum")), Has.Exactly(1).Items);

    [TestCase("Stored", 3, Description = "the field is stored")]
    [TestCase("StoredElsewhere", 3, Description = "a store through another pointer, which may be the same")]
    [TestCase("Bytes", 2, Description = "a call that stores")]
    [TestCase("Called", 2, Description = "a call")]
    [TestCase("Cast", 2, Description = "a cast, which may ask the object")]
    [TestCase("Assigned", 3, Description = "the variable is assigned")]
    [TestCase("AssignedIndex", 2, Description = "the index is assigned")]
    [TestCase("AssignedOnOneWay", 3, Description = "the variable is assigned on one of the ways")]
    [TestCase("AssignedWhileItWaits", 3, Description = "the variable is assigned while its value lies on the stack")]
    [TestCase("AssignedByReference", 3, Description = "the variable may be assigned through a reference")]
    [TestCase("OtherField", 2)]
    [TestCase("OtherOwner", 3)]
    [TestCase("OnlyOneWay", 2, Description = "loaded on one of the ways")]
    [TestCase("Volatile", 2, Description = "the load is volatile")]
    [TestCase("VolatileBetween", 3, Description = "a volatile load in between")]
    [TestCase("Waits", 2, Description = "a loop that may wait for another thread")]
    [TestCase("Handler", 2, Description = "a handler, before which anything may have happened")]
    [TestCase("Constructor", 2, Description = "the static constructor may have run in between")]
    [TestCase("Number", 0, Description = "numbers are nobody's address")]
    [TestCase("Marked", 2, Description = "the marker is for what stands behind it in the source")]
    [TestCase("Whitelisted", 2, Description = "a member that is left alone")]
    public void Another_load_stays(string member, int loads)
    {
        Assert.That(LoadsIn(Original.Member(Original.Read(), member)), Has.Exactly(loads).Items);
        AssertLoads(member, loads);
    }

    [Test]
    public void Another_load_stays_behind_a_cast_to_a_type_parameter() =>
        Assert.That(LoadsIn(Original.Weave().GetType("Casting`1").Methods.Single(m => m.Name == "Sum")), Has.Exactly(2).Items, "the cast may ask the object");

    [Test]
    public void All_loads_stay_where_a_check_proves_nothing([Values("none", "naive", "undisplaced", "unloaded", "distrust")] string way)
    {
        ModuleDefinition module = Original.Weave(PreparedSource.Without(way));

        Assert.That(LoadsIn(Original.Member(module, "Straight")), Has.Exactly(2).Items);
    }

    [Test]
    public void What_gave_way_is_counted()
    {
        var diagnostics = new DiagnosticList();
        using ModuleDefinition module = CSharpFixture.Compile("unsafe struct S { S* P; int X; static int M(S* s) => s->P->X + s->P->X + s->P->X; }", OptimizationLevel.Release).Read();

        ModulePlan plan = ModuleWeave.Apply(new ModuleMembers(module), new WeaverOptions(), diagnostics)!;

        Assert.That(plan.Statistics.Passes[PlanningPass.Reloads], Is.EqualTo(2));
    }

    [Test]
    public void A_violation_is_reported_at_the_first_access()
    {
        using ModuleDefinition before = Original.Read();
        Instruction first = Original.Member(before, "Static").Body.Instructions.First(i => i.Operand is FieldReference { Name: "X" });
        using WovenFixture woven = PreparedSource.Load(Original.Weave());

        var violation = Assert.Throws<SafeRegionViolationException>(() => woven.Call("Repeated.Static", unchecked((nint)BlockAddress.Arena)))!;

        Assert.That(violation.ILOffset, Is.EqualTo(first.Offset));
    }

    private static void AssertLoads(string member, int loads)
    {
        ModuleDefinition module = Original.Weave();

        Assert.That(LoadsIn(Original.Member(module, member)), Has.Exactly(loads).Items);
        Original.AssertSameResults(module, member);
    }

    private static IEnumerable<Instruction> LoadsIn(MethodDefinition member) =>
        member.Body.Instructions.Where(i => i is { OpCode.Code: Code.Ldfld or Code.Ldsfld, Operand: FieldReference { Name: "P" or "Q" or "V" or "N" } });

    /// <summary>Calls a member with the first of three nodes, each of which leads to the two others.</summary>
    private static object? Result(WovenFixture fixture, string member)
    {
        const int Size = 24;
        byte* memory = (byte*)NativeMemory.AllocZeroed(3 * Size);
        try
        {
            for (int i = 0; i < 3; i++)
            {
                *(byte**)(memory + (i * Size)) = memory + ((i + 1) % 3 * Size);
                *(byte**)(memory + (i * Size) + 8) = memory + ((i + 2) % 3 * Size);
                *(int*)(memory + (i * Size) + 16) = 5 + (i * i);
                *(int*)(memory + (i * Size) + 20) = 7 - (3 * i);
            }

            return fixture.Call(member, (IntPtr)memory);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
