using System.Reflection;
using System.Runtime.CompilerServices;
using Iced.Intel;

namespace MemSentry.Weaver.Tests.MachineCode;

/// <summary>What the JIT made of a member that asks for full optimisation.</summary>
internal sealed unsafe class JitCode
{
    private const int LongestInstruction = 15;
    private const int MostInstructions = 500;

    private JitCode(IReadOnlyList<Instruction> instructions) => Instructions = instructions;

    /// <summary>Its instructions.</summary>
    public IReadOnlyList<Instruction> Instructions { get; }

    /// <summary>Those that lie in a loop: between the target of a jump back and the jump.</summary>
    public IEnumerable<Instruction> InLoops
    {
        get
        {
            (ulong First, ulong Last)[] loops = [.. Instructions.Where(i => IsJump(i) && i.NearBranchTarget <= i.IP).Select(i => (i.NearBranchTarget, i.IP))];
            return Instructions.Where(i => loops.Any(l => i.IP >= l.First && i.IP <= l.Last));
        }
    }

    /// <summary>Compiles a member and decodes it.</summary>
    public static JitCode Of(MethodInfo member)
    {
        Assert.That(member.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization), "only what is fully optimised from the start is worth a look");
        RuntimeHelpers.PrepareMethod(member.MethodHandle);
        var code = new List<Instruction>();
        ulong next = Start((ulong)member.MethodHandle.GetFunctionPointer());
        ulong farthest = next;
        do
        {
            Assert.That(code, Has.Count.LessThan(MostInstructions), "the end of the member was not found");
            code.Add(At(next));
            farthest = IsJump(code[^1]) ? Math.Max(farthest, code[^1].NearBranchTarget) : farthest;
            next = code[^1].NextIP;
        }
        while (code[^1].FlowControl is not (FlowControl.Return or FlowControl.UnconditionalBranch or FlowControl.Interrupt) || next <= farthest);

        return new JitCode(code);
    }

    /// <summary>A function pointer leads to a stub that jumps on.</summary>
    private static ulong Start(ulong address)
    {
        for (Instruction first = At(address); first.Code is Code.Jmp_rm64 or Code.Jmp_rel32_64; first = At(address))
            address = first.Code == Code.Jmp_rm64 ? *(ulong*)first.IPRelativeMemoryAddress : first.NearBranchTarget;

        return address;
    }

    private static Instruction At(ulong address)
    {
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(new ReadOnlySpan<byte>((void*)address, LongestInstruction).ToArray()), address);
        return decoder.Decode();
    }

    private static bool IsJump(Instruction instruction) => instruction.IsJccShortOrNear || instruction.IsJmpShortOrNear;
}
