using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// The operands of calls of which something has to hold: what becomes a managed reference, what leaves woven code, what the callee accesses or
/// remembers, and structures with references inside.
/// </summary>
internal sealed class CallOperands(CallTargets targets, ApiContracts contracts, StackTypes types, CheckedAccesses rw)
{
    public void Find(Instruction instruction, FrameState before, List<Access> found)
    {
        CallShape call = CallShape.Of(instruction);
        bool leaves = call.Callee is null || targets.WovenTarget(instruction.OpCode.Code, call.Callee) is null;
        ApiContract? contract = leaves && call.Callee is { } callee && targets.InModule(callee) is null ? contracts.Of(callee) : null;
        for (int i = 0; i < call.Signature.Parameters.Count; i++)
        {
            ApiOperand? row = contract?.OperandAt(i);
            FindInArgument(i, call, leaves, contract, row, before, found);
            if (leaves && call.Callee is not null && targets.Accepts(instruction.OpCode.Code, call.Callee, i))
            {
                DropAddressAt(call.DepthOf(i), found);
            }
        }

        if (call.HasReceiver)
        {
            FindInReceiver(instruction, call, contract, before, found);
        }
    }

    private static void DropAddressAt(int depth, List<Access> found) => found.RemoveAll(a => a.Depth == depth && a.Demand == Demand.Address);

    private void FindInArgument(int parameter, CallShape call, bool leaves, ApiContract? contract, ApiOperand? row, FrameState before, List<Access> found)
    {
        TypeReference type = StackTypes.WithoutModifiers(call.ParameterType(parameter));
        int depth = call.DepthOf(parameter);
        StackValue operand = before.Peek(depth);
        if (type is ByReferenceType { ElementType: { } referred })
        {
            AddReference(depth, operand, referred, leaves && IsHandle(contract, row, type), found);
            AddLength(depth, operand, row, call, found);
        }
        else if (types.Holders.Include(type))
        {
            found.Add(new Access(depth, AccessKind.Conversion, operand, type, Demand.Structure));
        }
        else if (leaves && operand.Kind == StackKind.Value && IsHandle(contract, row, type))
        {
            found.Add(new Access(depth, AccessKind.Escape, operand, type, Demand.Handle));
        }
        else if (leaves && (IsPointer(type) || (IsNativeInteger(type) && !ApiContracts.IsNumber(contract, parameter))))
        {
            found.Add(new Access(depth, KindOf(row), operand));
            AddLength(depth, operand, row, call, found);
        }
    }

    private void FindInReceiver(Instruction call, CallShape shape, ApiContract? contract, FrameState before, List<Access> found)
    {
        int depth = shape.ReceiverDepth;
        StackValue receiver = before.Peek(depth);
        TypeReference? type = ConstrainedType(call) ?? shape.Callee?.DeclaringType;
        ApiOperand? row = contract?.OperandAt(ApiOperand.Receiver);
        if (receiver.IsAddress)
        {
            found.Add(new Access(depth, AccessKind.Conversion, receiver, type));
            if (type is not null && types.Holders.Include(type) && !OnlyDescribes(contract, shape))
            {
                found.Add(new Access(depth, AccessKind.Conversion, receiver, type, Demand.Contents));
            }

            if (type is not null && row is { Role: OperandRole.Handle })
            {
                found.Add(new Access(depth, AccessKind.Escape, receiver, type, Demand.HandleBehind));
            }
        }
        else if (row is { Role: OperandRole.RemembersRange })
        {
            found.Add(new Access(depth, AccessKind.Conversion, receiver, type, Demand.Length, Lengths.Of(row.Extent.Count, ApiOperand.Receiver, shape)));
        }
    }

    private void AddReference(int depth, StackValue operand, TypeReference referred, bool isHandle, List<Access> found)
    {
        found.Add(new Access(depth, AccessKind.Conversion, operand, referred));
        if (types.Holders.Include(referred))
        {
            found.Add(new Access(depth, AccessKind.Conversion, operand, referred, Demand.Contents));
        }
        else if (isHandle)
        {
            found.Add(new Access(depth, AccessKind.Escape, operand, referred, Demand.HandleBehind));
        }
    }

    /// <summary>Whether a callee may use an argument as a handle: the table says so, or does not know the callee.</summary>
    private static bool IsHandle(ApiContract? contract, ApiOperand? row, TypeReference type) =>
        contract is null ? ApiTable.IsHandle(type) : row is { Role: OperandRole.Handle };

    /// <summary>A range that is remembered is checked at both ends; so is one, and a displacement, that the guards do not stop.</summary>
    private void AddLength(int depth, StackValue operand, ApiOperand? row, CallShape call, List<Access> found)
    {
        if (row is null)
        {
            return;
        }

        if (row.Displacement is { } displacement && Lengths.Of(displacement, row.Index, call) is var reach && !Lengths.AreGuarded(displacement, reach))
        {
            found.Add(new Access(depth, KindOf(row), operand, null, Demand.Displaced, reach));
        }

        switch (row.Extent)
        {
            case { Kind: ExtentKind.Counted, Count: var count } when row.Role == OperandRole.RemembersRange || !Lengths.AreGuarded(count, Lengths.Of(count, row.Index, call)):
                found.Add(new Access(depth, KindOf(row), operand, null, Demand.Range, Lengths.Of(count, row.Index, call)));
                break;
            case { Kind: ExtentKind.Lanes, Count.Bits: not 32 }:
                throw new NotModelledException($"{call.Callee!.Name} adds 64-bit indices to an address, one for each lane, and no check covers them all");
        }
    }

    /// <summary>What a callee does with a pointer. What it remembers as a range, later code trusts like a reference.</summary>
    private AccessKind KindOf(ApiOperand? row) => row?.Role switch
    {
        OperandRole.Load or OperandRole.CopySource => AccessKind.Load,
        OperandRole.Store or OperandRole.CopyDestination or OperandRole.Fill => AccessKind.Store,
        OperandRole.LoadAndStore => rw.HasFlag(CheckedAccesses.Write) ? AccessKind.Store : AccessKind.Load,
        OperandRole.Conversion or OperandRole.RemembersRange => AccessKind.Conversion,
        _ => AccessKind.Escape,
    };

    /// <summary>
    /// Whether the callee fills the structure, or is a span's own member that touches no memory through it: then what the span holds matters only where
    /// the result is used.
    /// </summary>
    private static bool OnlyDescribes(ApiContract? contract, CallShape call) =>
        call.Callee!.Name == ".ctor"
        || (ReferenceHolders.IsSpan(call.Callee.DeclaringType)
            && (contract?.Result is { Kind: ResultKind.Element, Operand: ApiOperand.Receiver } || call.Callee.Name is "get_Length" or "get_IsEmpty"));

    /// <summary>The type in the instruction's <c>constrained.</c> prefix: then the receiver is a reference to it (ECMA-335 III.2.1).</summary>
    private static TypeReference? ConstrainedType(Instruction instruction)
    {
        Instruction? prefix = instruction.Previous;
        while (prefix is { OpCode.OpCodeType: OpCodeType.Prefix } && prefix.OpCode.Code != Code.Constrained)
        {
            prefix = prefix.Previous;
        }

        return prefix is { OpCode.Code: Code.Constrained } ? (TypeReference)prefix.Operand : null;
    }

    private static bool IsPointer(TypeReference type) => type is PointerType;

    private static bool IsNativeInteger(TypeReference type) => type.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr;
}
