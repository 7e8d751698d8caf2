using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;
using MemSentry.Weaver.Writing;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Protection;

/// <summary>Programs that are planned, rewritten and run: what a plan calls proven must not reach a safe region, and what is woven must still run.</summary>
[TestFixture(OptimizationLevel.Debug)]
[TestFixture(OptimizationLevel.Release)]
internal sealed class ProtectedProgramTests(OptimizationLevel level)
{
    private const string Prelude = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using MemSentry;

        public static unsafe class Secret
        {
            private static readonly SafeRegion Region = SafeRegion.Allocate(64);

            [SafeRegionAccess]
            public static nint Address()
            {
                *Region.Pointer = 42;
                return (nint)Region.Pointer;
            }
        }

        """;

    [Test]
    public void TheDefaultOfAStaticVirtualMemberSaysNothingOfItsImplementations() => Blocks("""
        public interface ISource { static int s; static virtual ref int Get() => ref s; }
        public struct Source : ISource { [SafeRegionAccess] static unsafe ref int ISource.Get() => ref *(int*)Secret.Address(); }
        public static class Program { public static int Run() => Read<Source>(); static int Read<T>() where T : ISource => T.Get(); }
        """);

    [Test]
    public void APointerToAnImplementationOfAStaticVirtualMemberLeavesWovenCode() => Blocks("""
        public unsafe interface ISink { static virtual int Use(int* p) => 0; }
        public unsafe struct Sink : ISink { [SafeRegionAccess] static int ISink.Use(int* p) => *p; }
        public static unsafe class Program { public static int Run() => Pass<Sink>((int*)Secret.Address()); static int Pass<T>(int* p) where T : ISink => T.Use(p); }
        """);

    [Test]
    public void AMarkedStoreStillChecksTheReferenceThatItStores() => Blocks("""
        public ref struct Holder { public ref int R; }
        public static unsafe class Program
        {
            public static int Run() => Fill((int*)Secret.Address());
        #pragma warning disable CS8500
            static int Fill(int* p) { Holder h = default; Holder* g = &h; MemSentryMarkers.SafeRegionAccess(); g->R = ref *p; return 0; }
        }
        """);

    [Test]
    public void TheAddressOfAReferenceCanLieAboveACheckedOperand()
    {
        ModuleDefinition module = Compile("""
            public static unsafe class Program
            {
                public static int Run() { int x = 7; int* copy = null; Copy(&copy, ref x); return copy == &x ? 7 : 0; }
                static void Copy(int** to, ref int from) { }
            }
            """);
        MethodDefinition copy = module.GetType("Program").Methods.Single(m => m.Name == "Copy");
        copy.Body.Instructions.Clear();
        HandMade.Body(copy, Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldarga_S, copy.Parameters[1]), Instruction.Create(OpCodes.Ldc_I4_8),
            Instruction.Create(OpCodes.Cpblk), Instruction.Create(OpCodes.Ret));

        using WovenFixture woven = Weave(module);
        Assert.That(woven.Call("Program.Run"), Is.EqualTo(7));
    }

    [Test]
    public void ACheckedResultOfATailCallIsReturned()
    {
        ModuleDefinition module = Compile("""
            public static class Program
            {
                public static int Run() { int[] a = [6, 7]; return Second(ref a[0]); }
                static ref int Second(ref int first) => ref Unsafe.Add(ref first, 1);
            }
            """);
        MethodDefinition second = module.GetType("Program").Methods.Single(m => m.Name == "Second");
        Instruction call = second.Body.Instructions.Single(i => i.OpCode.Code == Code.Call);
        while (call.Next.OpCode.Code != Code.Ret)
            second.Body.Instructions.Remove(call.Next);
        second.Body.Instructions.Insert(second.Body.Instructions.IndexOf(call), Instruction.Create(OpCodes.Tail));

        using WovenFixture woven = Weave(module);
        Assert.That(woven.Call("Program.Run"), Is.EqualTo(7));
    }

    [Test]
    public void ADisplacedReferenceDoesNotChangeItsTypeInAVariable()
    {
        // Every round takes the offset of the field along; only hand-written IL stores a reference to one type in a variable for another.
        ModuleDefinition module = Compile("""
            public struct Inner { public int V; }
            [StructLayout(LayoutKind.Explicit)] public struct Outer { [FieldOffset(0x7000000)] public Inner In; }
            public static unsafe class Program
            {
                public static int Run() => 0;
                static void Walk(ref Outer o) { ref Outer next = ref o; Walk(ref next); }
            }
            """);
        MethodDefinition walk = module.GetType("Program").Methods.Single(m => m.Name == "Walk");
        FieldDefinition field = module.GetType("Outer").Fields[0];
        walk.Body.Instructions.Clear();
        walk.Body.Variables.Clear();
        walk.Body.Variables.Add(new VariableDefinition(walk.Parameters[0].ParameterType));
        HandMade.Body(walk, Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldflda, field), Instruction.Create(OpCodes.Stloc_0), Instruction.Create(OpCodes.Ldloc_0),
            Instruction.Create(OpCodes.Call, walk), Instruction.Create(OpCodes.Ret));

        Assert.That(VerdictOfTheCallIn(walk), Is.EqualTo(AccessVerdict.Checked));
    }

    [Test]
    public void ADisplacedReferenceDoesNotCrossAfterAStepThroughAnotherType()
    {
        ModuleDefinition module = Compile("""
            [StructLayout(LayoutKind.Explicit)] public struct Outer { [FieldOffset(0x7000000)] public Inner In; }
            public struct Inner { public int V; }
            public static unsafe class Program { public static int Run() => 0; static void Walk(ref Inner o) { Walk(ref o); } }
            """);
        MethodDefinition walk = module.GetType("Program").Methods.Single(m => m.Name == "Walk");
        walk.Body.Instructions.Clear();
        HandMade.Body(walk, Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Ldflda, module.GetType("Outer").Fields[0]),
            Instruction.Create(OpCodes.Call, walk), Instruction.Create(OpCodes.Ret));

        Assert.That(VerdictOfTheCallIn(walk), Is.EqualTo(AccessVerdict.Checked));
    }

    private static AccessVerdict VerdictOfTheCallIn(MethodDefinition method) =>
        ModuleWeave.Apply(new ModuleMembers(method.Module), new WeaverOptions(), [])!.All.Single(p => p.Method == method).Decisions
            .Single(d => d.Instruction.OpCode.Code == Code.Call).Verdict;

    private void Blocks(string source) => AssertBlocks(Compile(source));

    private static void AssertBlocks(ModuleDefinition module)
    {
        using WovenFixture woven = Weave(module);
        Assert.That(() => woven.Call("Program.Run"), Throws.InstanceOf<SafeRegionViolationException>());
    }

    private ModuleDefinition Compile(string source) => CSharpFixture.Compile(Prelude + source, level, DebugFormat.None).Read();

    private static WovenFixture Weave(ModuleDefinition module)
    {
        var diagnostics = new DiagnosticList();
        Assert.That(ModuleWeave.Apply(new ModuleMembers(module), new WeaverOptions(), diagnostics), Is.Not.Null, string.Join('\n', diagnostics));
        return new WovenFixture(WovenImage.Create(module, DebugFormat.None, null).Assembly);
    }
}
