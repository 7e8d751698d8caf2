using System.Runtime.InteropServices;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Members that return a pointer from a field, whose code takes the place of their calls where they are called more than once.</summary>
[TestFixture]
internal sealed unsafe class GetterCallTests
{
    private const string Source = """
        using System;
        using System.Runtime.CompilerServices;
        using MemSentry;
        public unsafe struct Pair { public int X; public int Y; public Pair* Next; }
        public unsafe class Base { public virtual Pair* Virtual => null; }
        public unsafe class Owner : Base
        {
            public Pair* Field;
            Pair* _own;
            static Owner() { }
            public Owner(Pair* pair) { Field = pair; _own = pair; }
            public Pair* Shared => Field;
            public Pair* Own => _own;
            public Pair* Second => Field + 1;
            public Pair* Next => Field->Next;
            public override Pair* Virtual => Field;
            [MethodImpl(MethodImplOptions.NoInlining)] public Pair* GetApart() => Field;
            [SafeRegionAccess] public Pair* GetTrusted() => Field;
            public Pair* GetGeneric<T>() => Field;
            public Pair* GetAt(int i) => Field;
            public Pair* GetChosen() => Field->X > 0 ? Field : _own;
            public Pair* GetAndSet() { Field->X++; return Field; }
            public Pair* GetOther() => new Owner(Field).Field;
            public int InClass() => Own->X - Own->Y;
        }
        public unsafe class Generic<T> { public Pair* Field; public Pair* Shared => Field; }
        public unsafe struct Constructed { public Pair* Field; static int Anything; static Constructed() => Anything = 1; public Pair* Shared => Field; }
        public unsafe struct Plain { public Pair* Field; public Pair* Shared => Field; }
        public static unsafe class Calls
        {
            public static int Shared(Pair* p) { var o = new Owner(p); return o.Shared->X - o.Shared->Y; }
            public static int Second(Pair* p) { var o = new Owner(p); return o.Second->X - o.Second->Y; }
            public static int Next(Pair* p) { var o = new Owner(p); return o.Next->X - o.Next->Y; }
            public static int Structure(Pair* p) { var o = new Plain { Field = p }; return o.Shared->X - o.Shared->Y; }
            public static int Null(Pair* p) { Owner o = null; try { return o.Shared->X - o.Shared->Y; } catch (NullReferenceException) { return 3; } }

            public static int Once(Pair* p) { var o = new Owner(p); return o.Shared->X; }
            public static int Own(Pair* p) { var o = new Owner(p); return o.Own->X - o.Own->Y; }
            public static int Virtual(Pair* p) { Base o = new Owner(p); return o.Virtual->X - o.Virtual->Y; }
            public static int Apart(Pair* p) { var o = new Owner(p); return o.GetApart()->X - o.GetApart()->Y; }
            public static int Trusted(Pair* p) { var o = new Owner(p); return o.GetTrusted()->X - o.GetTrusted()->Y; }
            public static int OfMember(Pair* p) { var o = new Owner(p); return o.GetGeneric<int>()->X - o.GetGeneric<int>()->Y; }
            public static int OfClass(Pair* p) { var o = new Generic<int> { Field = p }; return o.Shared->X - o.Shared->Y; }
            public static int At(Pair* p) { var o = new Owner(p); return o.GetAt(1)->X - o.GetAt(1)->Y; }
            public static int Chosen(Pair* p) { var o = new Owner(p); return o.GetChosen()->X - o.GetChosen()->Y; }
            public static int AndSet(Pair* p) { var o = new Owner(p); return o.GetAndSet()->X - o.GetAndSet()->Y; }
            public static int Other(Pair* p) { var o = new Owner(p); return o.GetOther()->X - o.GetOther()->Y; }
            public static int ConstructedFirst(Pair* p) { var o = default(Constructed); o.Field = p; return o.Shared->X - o.Shared->Y; }
            public static int Marked(Pair* p) { var o = new Owner(p); MemSentryMarkers.SafeRegionAccess(); return p->X + o.Shared->X - o.Shared->Y; }
            [SafeRegionAccess] public static int Whitelisted(Pair* p) { var o = new Owner(p); return o.Shared->X - o.Shared->Y; }
        }
        """;

    private static readonly PreparedSource Original = new(Source, "Calls", Result);

    [TestCase("Shared")]
    [TestCase("Second", Description = "at a distance")]
    [TestCase("Next", Description = "what is accessed on the way is accessed in the place of the call")]
    [TestCase("Structure", Description = "of a structure")]
    [TestCase("Null", Description = "an object that is not there is missed by either")]
    public void Calls_give_way(string member)
    {
        using ModuleDefinition module = Original.Weave();

        Assert.That(CallsIn(module, member), Is.Empty);
        Original.AssertSameResults(module, member);
    }

    [Test]
    public void A_private_field_is_seen_by_its_own_class()
    {
        using ModuleDefinition module = Original.Weave();

        Assert.That(CallsIn(module.GetType("Owner").Methods.Single(m => m.Name == "InClass")), Is.Empty);
    }

    [TestCase("Once", Description = "nothing is gained")]
    [TestCase("Own", Description = "the field is private to another class")]
    [TestCase("Virtual")]
    [TestCase("Apart", Description = "who may not be inlined stays")]
    [TestCase("Trusted", Description = "whose accesses are nobody's business")]
    [TestCase("OfMember", Description = "generic")]
    [TestCase("OfClass", Description = "of a generic class")]
    [TestCase("At", Description = "a parameter")]
    [TestCase("Chosen", Description = "a branch")]
    [TestCase("AndSet", Description = "a store")]
    [TestCase("Other", Description = "another object")]
    [TestCase("ConstructedFirst", Description = "the call runs a static constructor")]
    [TestCase("Marked", Description = "the marker is for what stands behind it in the source")]
    [TestCase("Whitelisted", Description = "a member that is left alone")]
    public void Other_calls_stay(string member)
    {
        using ModuleDefinition module = Original.Weave();

        Assert.That(CallsIn(module, member), Is.Not.Empty);
        Original.AssertSameResults(module, member);
    }

    [Test]
    public void All_calls_stay_where_nothing_is_gained([Values("none", "naive", "undisplaced", "unloaded", "disabled", "distrust")] string way)
    {
        using ModuleDefinition module = Original.Weave(PreparedSource.Without(way));

        Assert.That(CallsIn(module, "Shared"), Has.Exactly(2).Items);
    }

    private static IEnumerable<Instruction> CallsIn(ModuleDefinition module, string member) => CallsIn(Original.Member(module, member));

    private static IEnumerable<Instruction> CallsIn(MethodDefinition member) =>
        member.Body.Instructions.Where(i => i.Operand is MethodReference { HasThis: true, Name: not ".ctor" });

    /// <summary>Calls a member with the first of two pairs.</summary>
    private static object? Result(WovenFixture fixture, string member)
    {
        int* memory = (int*)NativeMemory.AllocZeroed(32);
        try
        {
            (memory[0], memory[1], memory[4], memory[5]) = (7, 2, 11, 5);
            *(void**)(memory + 2) = memory + 4;
            return fixture.Call(member, (IntPtr)memory);
        }
        finally
        {
            NativeMemory.Free(memory);
        }
    }
}
