using System.Reflection;
using Iced.Intel;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;

namespace MemSentry.Weaver.Tests.MachineCode;

/// <summary>
/// Behind a call, fully optimised code checks or masks a pointer again, although to the JIT nothing has changed: the callee may have kept it where it was overwritten.
/// </summary>
[TestFixture]
internal sealed class HeldPointerTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        public unsafe struct Pair { public int* P; public int A; }
        public static unsafe class Calls
        {
            const MethodImplOptions Now = MethodImplOptions.AggressiveOptimization;
            [MethodImpl(Now)] public static int Twice(int* p) { int a = *p; Other(); return a + *p; }
            [MethodImpl(Now)] public static int Copied(int* p) { int a = *p; int* q = p; Other(); return a + *q; }
            [MethodImpl(Now)] public static int Far(int* p, long i) { int a = p[i]; Other(); return a + p[i]; }
            [MethodImpl(Now)] public static int Long(long p) { int a = *(int*)p; Other(); return a + *(int*)p; }
            [MethodImpl(Now)] public static int Field(Pair s) { int a = *s.P; Other(); return a + *s.P; }
            [MethodImpl(Now)] public static int Own(int* p) { Pair s = new Pair { P = p }; Pair* r = &s; int a = *r->P; Other(); return a + *r->P; }
            [MethodImpl(Now)] public static int Handled(int* p) { int a = *p; try { Other(); } catch { a = 2; } return a + *p; }
            [MethodImpl(Now)] public static int Loop(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { s += *p; Other(); } return s; }
            [MethodImpl(Now)] public static int DoWhile(int* p, int n) { int s = 0; do { s += *p; Other(); } while (--n > 0); return s; }
            [MethodImpl(Now)] public static int Index(int* p, int n) { int s = 0; for (int i = 0; i < n; i++) { s += p[i] + p[n - i]; Other(); } return s; }
            [MethodImpl(MethodImplOptions.NoInlining)] public static void Other() { }
        }
        """;

    private WovenFixture _checked = null!;
    private WovenFixture _masked = null!;
    private WovenFixture _trusting = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        CSharpFixture compiled = CSharpFixture.Compile(Source, OptimizationLevel.Release);
        _checked = Woven(compiled, new WeaverOptions());
        _masked = Woven(compiled, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });
        _trusting = Woven(compiled, new WeaverOptions { Trust = PointerTrust.Frame });
    }

    [OneTimeTearDown]
    public void Unload()
    {
        _checked.Dispose();
        _masked.Dispose();
        _trusting.Dispose();
    }

    [TestCase("Twice", 1)]
    [TestCase("Copied", 1)]
    [TestCase("Far", 1, Description = "the JIT would keep the sum")]
    [TestCase("Long", 1)]
    [TestCase("Field", 1, Description = "of a structure that lies in registers")]
    [TestCase("Own", 2, Description = "of a structure that lies in registers although its address is taken: its own address, and what lies there")]
    [TestCase("Handled", 1)]
    public void A_check_behind_a_call_is_done_again(string member, int times) => Assert.That(NumberBehindCall(CodeOf(_checked, member), IsCheck), Is.EqualTo(times));

    [TestCase("Loop", 1)]
    [TestCase("DoWhile", 1)]
    [TestCase("Index", 2, Description = "an index that was alive across the call may have grown, so each address is checked")]
    public void A_loop_with_a_call_checks_in_every_round(string member, int times) => Assert.That(CodeOf(_checked, member).InLoops.Count(IsCheck), Is.EqualTo(times));

    [TestCase("Twice", 1)]
    [TestCase("Copied", 1)]
    [TestCase("Far", 1)]
    [TestCase("Long", 1)]
    [TestCase("Field", 1)]
    [TestCase("Own", 2)]
    [TestCase("Handled", 1)]
    public void A_mask_behind_a_call_is_done_again(string member, int times) => Assert.That(NumberBehindCall(CodeOf(_masked, member), IsMask), Is.EqualTo(times));

    [TestCase("Loop", 1)]
    [TestCase("DoWhile", 1)]
    [TestCase("Index", 2)]
    public void A_loop_with_a_call_masks_in_every_round(string member, int times) => Assert.That(CodeOf(_masked, member).InLoops.Count(IsMask), Is.EqualTo(times));

    // This is what the JIT makes of the same checks without it: if it ever fails, what makes numbers new can go.
    [Test]
    public void Where_the_frame_is_trusted_the_answer_before_the_call_does() => Assert.That(NumberBehindCall(CodeOf(_trusting, "Twice"), IsCheck), Is.Zero);

    private static WovenFixture Woven(CSharpFixture compiled, WeaverOptions options)
    {
        using Mono.Cecil.ModuleDefinition module = compiled.Read();
        return WovenFixture.AsPlanned(module, options);
    }

    private static int NumberBehindCall(JitCode code, Func<Instruction, bool> matches)
    {
        // The first call is the one of the throw helper before, or of the member itself: what is behind the load that reads the first number counts.
        Instruction[] accesses = [.. code.Instructions.Where(ReadsNumber)];
        Assert.That(accesses, Has.Length.EqualTo(2), "the two accesses");
        return code.Instructions.Count(i => matches(i) && i.IP > accesses[0].IP && i.IP < accesses[1].IP);
    }

    private static bool ReadsNumber(Instruction instruction) =>
        instruction.Mnemonic is Mnemonic.Mov or Mnemonic.Add && instruction.Op1Kind == OpKind.Memory && instruction.MemorySize.GetSize() == sizeof(int) && !instruction.IsIPRelativeMemoryOperand
        && instruction.MemoryBase is not Register.RBP and not Register.RSP;

    private static JitCode CodeOf(WovenFixture woven, string member) => JitCode.Of(woven.Assembly.GetType("Calls")!.GetMethod(member, BindingFlags.Static | BindingFlags.Public)!);

    private static bool IsCheck(Instruction instruction) =>
        instruction.Mnemonic == Mnemonic.Shr && instruction.Op1Kind == OpKind.Immediate8 && instruction.Immediate8 == AccessTable.AddressSpaceLayout.BlockShift;

    /// <summary>The constant of the mask: a callee may keep that as well, so it is no use if it stays in a register.</summary>
    private static bool IsMask(Instruction instruction) => instruction.Code == Code.Mov_r64_imm64 && instruction.Immediate64 == (ulong)AccessTable.AddressSpaceLayout.AliasBit;
}
