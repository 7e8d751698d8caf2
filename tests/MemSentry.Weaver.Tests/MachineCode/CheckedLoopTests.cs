using System.Reflection;
using Iced.Intel;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Weaver.Tests.MachineCode;

/// <summary>What checks cost in the machine code of loops (the method <c>mpx</c>), and that the loads which prove something are really there.</summary>
[TestFixture]
internal sealed class CheckedLoopTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        public static unsafe class Loops
        {
            const MethodImplOptions Now = MethodImplOptions.AggressiveOptimization;
            [MethodImpl(Now)] public static int Sum(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }
            [MethodImpl(Now)] public static void Copy(byte* to, byte* from, int n) { while (n-- > 0) *to++ = *from++; }
            [MethodImpl(Now)] public static long Length(byte* p) { byte* q = p; while (*q != 0) q++; return q - p; }
            [MethodImpl(Now)] public static int Skip(byte* p, byte* end) { int n = 0; while (p < end && *p != 10) { p++; n++; } return n; }
            [MethodImpl(Now)] public static int Rows(int* p, int n) { int s = 0; for (int y = 0; y < n; y++) { int* row = p + y * n; for (int x = 0; x < n; x++) s += row[x]; } return s; }
            [MethodImpl(Now)] public static int Far(int* p, long n) { int s = 0; for (long i = 0; i < n; i++) s += p[i]; return s; }
            [MethodImpl(Now)] public static int Peek(int* p) => *p;
        }
        """;

    private WovenFixture _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        using Mono.Cecil.ModuleDefinition module = CSharpFixture.Compile(Source, OptimizationLevel.Release).Read();
        _woven = WovenFixture.AsPlanned(module, new WeaverOptions());
    }

    [OneTimeTearDown]
    public void Unload() => _woven.Dispose();

    [TestCase("Sum", 1)]
    [TestCase("Copy", 2)]
    [TestCase("Length", 1)]
    [TestCase("Skip", 1)]
    public void A_loop_checks_its_pointers_before_it(string member, int checks)
    {
        JitCode code = CodeOf(member);

        Assert.That(code.Instructions.Count(IsCheck), Is.EqualTo(checks), "before the loop");
        Assert.That(code.InLoops.ToArray(), Has.Length.GreaterThan(2).And.None.Matches<Instruction>(IsCheck));
    }

    // Induction over the rounds of a loop rests on each round's access: a JIT that left one out would need another argument here.
    [TestCase("Copy", Description = "what is loaded is stored")]
    [TestCase("Length", Description = "the branch decides by it")]
    [TestCase("Skip", Description = "the branch decides by it, behind another")]
    public void A_load_that_is_evidence_stays_in_the_loop(string member) =>
        Assert.That(CodeOf(member).InLoops, Has.Some.Matches<Instruction>(i => i.Op0Kind == OpKind.Memory || i.Op1Kind == OpKind.Memory));

    [TestCase("Rows", Description = "once for each row")]
    [TestCase("Far", Description = "an index of 64 bits reaches anywhere, so each address is checked")]
    public void Other_loops_check(string member) => Assert.That(CodeOf(member).InLoops.Count(IsCheck), Is.EqualTo(1));

    [Test]
    public void The_cold_code_of_a_check_keeps_no_register_busy() =>
        Assert.That(CodeOf("Peek").Instructions.Count(i => i.Mnemonic == Mnemonic.Push), Is.LessThanOrEqualTo(1), "but for the frame pointer");

    private JitCode CodeOf(string member) => JitCode.Of(_woven.Assembly.GetType("Loops")!.GetMethod(member, BindingFlags.Static | BindingFlags.Public)!);

    private static bool IsCheck(Instruction instruction) =>
        instruction.Mnemonic == Mnemonic.Shr && instruction.Op1Kind == OpKind.Immediate8 && instruction.Immediate8 == AccessTable.AddressSpaceLayout.BlockShift;
}
