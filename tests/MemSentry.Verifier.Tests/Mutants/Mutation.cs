using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests.Mutants;

/// <summary>Ways to break one check.</summary>
internal static class Mutation
{
    public static void Remove(CheckSite check)
    {
        foreach (Instruction instruction in check.All)
            Become(instruction, OpCodes.Nop, null);
    }

    public static void ShiftLess(CheckSite check) => Become(check[2], OpCodes.Ldc_I4, 41);

    public static void ShiftMore(CheckSite check) => Become(check[2], OpCodes.Ldc_I4, 43);

    public static void ShiftArithmetically(CheckSite check) => Become(check[3], OpCodes.Shr, null);

    public static void CompareWithBlockBelow(CheckSite check) => Become(check[4], OpCodes.Ldc_I4, 3);

    public static void CompareWithBlockAbove(CheckSite check) => Become(check[4], OpCodes.Ldc_I4, 5);

    public static void InvertCompare(CheckSite check) => check[5].OpCode = OpCodes.Beq;

    public static void BranchOnOrder(CheckSite check) => check[5].OpCode = OpCodes.Bgt_Un;

    public static void NarrowAddress(CheckSite check) => Become(check[1], OpCodes.Conv_U4, null);

    public static void TestOtherVariable(CheckSite check) => Become(check[0], OpCodes.Ldloc, check.AddLocal());

    public static void ComeBackFromColdPath(CheckSite check)
    {
        Instruction ok = check.Ok;
        Become(check[6], OpCodes.Br, ok);
    }

    public static void AddBypass(CheckSite check)
    {
        Instruction load = Instruction.Create(OpCodes.Ldloc, check.AddLocal());
        Instruction first = check[0];
        Redirect(check.Member.Body, first, load);
        check.InsertBefore(first, load, Instruction.Create(OpCodes.Brtrue, check.Ok));
    }

    /// <summary>Keeps a copy of the address and checks that, after the access; what stands behind a <c>ret</c> never runs.</summary>
    public static void MoveBehindAccess(CheckSite check)
    {
        VariableDefinition copy = check.AddLocal();
        Instruction[] code = [.. check.All];
        Instruction ok = check.Ok;
        Instruction consumer = check.Consumer();
        foreach (Instruction instruction in code)
            check.Code.Remove(instruction);

        Instruction keep = Instruction.Create(OpCodes.Dup);
        Redirect(check.Member.Body, code[0], keep);
        check.InsertBefore(ok, keep, Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Stloc, copy));
        Instruction end = Instruction.Create(OpCodes.Pop);
        code[5].Operand = end;
        if (consumer.OpCode.FlowControl == FlowControl.Return)
            check.Code.Add(consumer = Instruction.Create(OpCodes.Nop));
        check.InsertAfter(consumer, [Instruction.Create(OpCodes.Ldloc, copy), .. code, end]);
    }

    private static void Become(Instruction instruction, OpCode opcode, object? operand)
    {
        instruction.OpCode = opcode;
        instruction.Operand = operand;
    }

    private static void Redirect(MethodBody body, Instruction from, Instruction to)
    {
        foreach (Instruction branch in body.Instructions.Where(i => i.Operand == from))
            branch.Operand = to;
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = handler.TryStart == from ? to : handler.TryStart;
            handler.TryEnd = handler.TryEnd == from ? to : handler.TryEnd;
            handler.HandlerStart = handler.HandlerStart == from ? to : handler.HandlerStart;
            handler.HandlerEnd = handler.HandlerEnd == from ? to : handler.HandlerEnd;
        }
    }
}
