using System.Reflection;
using Iced.Intel;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.MachineCode;

/// <summary>What masks cost in the machine code of loops (the method <c>sfi</c>).</summary>
[TestFixture]
internal sealed class MaskedLoopTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        public static unsafe class Loops
        {
            const MethodImplOptions Now = MethodImplOptions.AggressiveOptimization;
            [MethodImpl(Now)] public static int Sum(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) s += p[i]; return s; }
            [MethodImpl(Now)] public static void Copy(byte* to, byte* from, int n) { for (int i = 0; i < n; i++) to[i] = from[i]; }
            [MethodImpl(Now)] public static int Table(uint* table, uint x, int n) { for (int i = 0; i < n; i++) x = table[x & 255] ^ table[x >> 24]; return (int)x; }
            [MethodImpl(Now)] public static int Rows(int* p, int n) { int s = 0; for (int y = 0; y < n; y++) { int* row = p + y * n; for (int x = 0; x < n; x++) s += row[x]; } return s; }
            [MethodImpl(Now)] public static int Far(int* p, long n) { int s = 0; for (long i = 0; i < n; i++) s += p[i]; return s; }
        }
        """;

    private WovenFixture _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        using Mono.Cecil.ModuleDefinition module = CSharpFixture.Compile(Source).Read();
        _woven = WovenFixture.AsPlanned(module, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });
    }

    [OneTimeTearDown]
    public void Unload() => _woven.Dispose();

    [TestCase("Sum", 1)]
    [TestCase("Copy", 2)]
    [TestCase("Table", 1)]
    public void A_loop_over_one_pointer_masks_nothing(string member, int masks)
    {
        JitCode code = CodeOf(member);

        Assert.That(code.Instructions.Count(IsMask), Is.EqualTo(masks), "before the loop");
        Assert.That(code.InLoops.ToArray(), Has.Length.GreaterThan(3).And.None.Matches<Instruction>(IsMask));
    }

    [TestCase("Rows", Description = "once for each row")]
    [TestCase("Far", Description = "an index of 64 bits reaches anywhere, so each address is masked")]
    public void Other_loops_mask(string member) => Assert.That(CodeOf(member).InLoops.Count(IsMask), Is.EqualTo(1));

    private JitCode CodeOf(string member) => JitCode.Of(_woven.Assembly.GetType("Loops")!.GetMethod(member, BindingFlags.Static | BindingFlags.Public)!);

    /// <summary>The constant of the mask, which the JIT loads into a register.</summary>
    private static bool IsMask(Instruction instruction) => instruction.Code == Code.Mov_r64_imm64 && instruction.Immediate64 == (ulong)AccessTable.AddressSpaceLayout.AliasBit;
}
