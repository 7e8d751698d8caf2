using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// The runtime's checks that need more than one compare. That such a call has returned is the proof. They write nowhere but to their own frame, so
/// that nobody can use them to change what we keep in registers: of raw numbers, nothing is forgotten.
/// </summary>
internal static class BorderChecks
{
    /// <summary>
    /// A terabyte below the block. A range that starts there and does not reach the block is shorter than a guard, so it reaches across no guard from
    /// any start outside the block: this is how a length is checked whose start is not at hand.
    /// </summary>
    private const long BelowGuard = ((long)AddressSpaceLayout.BlockIndex << AddressSpaceLayout.BlockShift) - (1L << 40);

    /// <summary>Whether a call asks the runtime for a check.</summary>
    public static bool IsCheck(Instruction instruction) => instruction is { OpCode.Code: IL.Call, Operand: MethodReference callee }
        && callee.DeclaringType is { Namespace: "MemSentry.CompilerServices", Name: "BorderCheck", Scope: AssemblyNameReference { Name: "MemSentry.Runtime" } };

    /// <summary>What is known once the check has returned.</summary>
    public static void Pass(Instruction instruction, Frame frame)
    {
        var call = new CallSignature(instruction);
        Value[] operands = [.. Enumerable.Range(0, call.Arguments).Select(i => frame.Peek(call.DepthOf(i)))];
        frame.Pop(call.OperandCount);
        if (operands is [{ Kind: ValueKind.Raw, IsOld: true }, ..])
            return;

        switch (call.Callee!.Name, operands.Length)
        {
            case ("Range", 6) when operands[0].Constant == BelowGuard:
                frame.Relate(CountIn(operands[1], RelationKind.ZeroExtends), new Relation(RelationKind.CountsLessThanGuard, operands[2].Number, operands[2].Type, operands[2].Constant));
                break;
            case ("Range", 6):
                frame.Prove(operands[0].Number);
                frame.Relate(operands[0].Number, Elements(RelationKind.StartOfRange, operands[1], operands[2]));
                break;
            case ("SignedRange", 6):
                frame.Prove(operands[0].Number);
                frame.Relate(operands[0].Number, Elements(RelationKind.StartOfSignedRange, operands[1], operands[2]));
                break;
            case ("Displaced", 6):
                frame.Relate(operands[0].Number, Elements(RelationKind.OutsideWhenDisplaced, operands[1], operands[2]));
                break;
            case ("Span" or "ReadOnlySpan" or "Handle", 4) when SameType.Are(operands[0].Type, call.ArgumentType(0)):
                PassStructure(operands[0], frame);
                break;
        }
    }

    private static void PassStructure(Value structure, Frame frame)
    {
        frame.ProveContents(structure.Number);
        if (structure.Relation.Kind == RelationKind.ReadFrom)
            frame.Relate(structure.Relation.Number, new Relation(RelationKind.PointsToChecked, 0, structure.Type));
    }

    /// <summary>
    /// An int32 is counted widened with zeros, so that a negative one is a range of 4 GiB, which the check refuses or the guards stop; or by its sign, where a
    /// negative one is left to the callee.
    /// </summary>
    private static Relation Elements(RelationKind kind, Value count, Value size) =>
        new(kind, CountIn(count, kind == RelationKind.StartOfSignedRange ? RelationKind.SignExtends : RelationKind.ZeroExtends), size.Type, size.Constant);

    private static int CountIn(Value count, RelationKind widened) => count.Number == 0 && count.Relation.Kind == widened ? count.Relation.Number : count.Number;
}
