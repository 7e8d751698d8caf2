using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// What calls return. A raw pointer is always an origin. A managed reference stands if a woven member of the same module returned it, or if the
/// access table says that it lies in an object or comes from an operand, which the call proved or checked. A structure with references inside
/// stands by contract, unless whitelisted code made it or the table knows better.
/// </summary>
internal sealed class CallResults(StackTypes types, CallTargets targets, ApiContracts contracts, WhitelistReach whitelist)
{
    /// <summary>The result of a call in the given state before it; null if there is none.</summary>
    public StackValue? Of(Instruction instruction, CallShape call, FrameState before)
    {
        if (call.ResultType is not { } type)
        {
            return null;
        }

        StackValue result = types.Of(type, AddressOrigin.CallResult);
        return result switch
        {
            { Kind: StackKind.Reference } => Reference(result, instruction, call, before),
            { HoldsReferences: true } => Structure(result, instruction, call, before),
            _ => result,
        };
    }

    /// <summary>
    /// Seen as another type, a reference refers to nothing that would be believed. That it might lead to a structure with references inside has been
    /// dealt with where it left its type (<see cref="ContentsExposure"/>).
    /// </summary>
    private StackValue Reference(StackValue result, Instruction instruction, CallShape call, FrameState before)
    {
        if (call.Callee is not { } callee)
        {
            return result;
        }

        // The pseudo-member of a multi-dimensional array: checked like ldelema (ECMA-335 II.14.2).
        if (callee.DeclaringType is ArrayType && callee.Name == "Address")
        {
            return result with { Origin = AddressOrigin.ArrayElement };
        }

        if (targets.WovenTarget(instruction.OpCode.Code, callee) is not null)
        {
            return result with { Origin = AddressOrigin.ReferenceResult };
        }

        return targets.InModule(callee) is null && contracts.Of(callee)?.Result is { } row && Stands(row, call, before)
            ? StackValue.Reference(AddressOrigin.ApiResult, row.IsReinterpreted || types.Holders.Include(result.Type!) ? result.Type!.Module.TypeSystem.Void : result.Type)
            : result;
    }

    private StackValue Structure(StackValue result, Instruction instruction, CallShape call, FrameState before)
    {
        if (call.Callee is not { } callee)
        {
            return result with { Origin = whitelist.IndirectCallsMayReturnStructures ? AddressOrigin.CallResult : AddressOrigin.ReferenceResult };
        }

        if (targets.WovenTarget(instruction.OpCode.Code, callee) is null)
        {
            ApiResult? row = targets.InModule(callee) is null ? contracts.Of(callee)?.Result : null;
            bool stands = !whitelist.MayRun(callee) && (row is null || Stands(row, call, before));
            return result with { Origin = stands ? AddressOrigin.ReferenceResult : AddressOrigin.CallResult };
        }

        return result with { Origin = AddressOrigin.ReferenceResult };
    }

    /// <summary>Whether a result, by what the table says of it, lies outside the block. The operands were proven or checked at the call.</summary>
    private static bool Stands(ApiResult row, CallShape call, FrameState before) => row.Kind switch
    {
        ResultKind.Anchor or ResultKind.Handle or ResultKind.Unrelated => true,
        ResultKind.Derived or ResultKind.Element when row.Displacement is null => OperandStands(row, call, before),
        _ => false,
    };

    private static bool OperandStands(ApiResult row, CallShape call, FrameState before)
    {
        // A span's own members are the only ones whose receiver may hold what was not checked: they touch no memory themselves.
        if (row.Operand == ApiOperand.Receiver)
        {
            return !call.HasReceiver || ContentsStand(before.Peek(call.ReceiverDepth), call.Callee!.DeclaringType);
        }

        StackValue operand = before.Peek(call.DepthOf(row.Operand));
        return operand.Kind switch
        {
            // A reference to a span's elements stands, whatever they are taken for. Otherwise, seen as another type, what lies in a structure or object
            // may become a reference, or a length, that nobody made.
            StackKind.Value or StackKind.Object => !row.IsReinterpreted || (call.ResultType is ByReferenceType && ReferenceHolders.IsSpan(operand.Type)),
            _ => true,
        };
    }

    /// <summary>Whether the structure behind a reference is of the given type and stands.</summary>
    public static bool ContentsStand(StackValue reference, TypeReference? type) =>
        reference.Kind == StackKind.Reference && reference.Origin.IsAnchor() && TypeIdentity.Same(reference.Type, type);
}
