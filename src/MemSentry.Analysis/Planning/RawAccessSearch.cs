using MemSentry.AccessTable;
using MemSentry.Analysis.ControlFlow;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>
/// Finds out whether an assembly has raw accesses: accesses at an address that the runtime did not make. Those are unproven accesses through
/// a pointer or native integer, references made from one, and calls of framework members that access memory at an address, displace a reference or
/// reinterpret one. Safe C# has none: what it accesses through references, the runtime and the compiler's rules keep in bounds.
/// </summary>
public static class RawAccessSearch
{
    private const string Unsafe = "System.Runtime.CompilerServices.Unsafe";

    // With this method, and only with it, decisions tell pointers from references: pointers are masked.
    private static readonly WeaverOptions Pointers = new() { ProtMethod = ProtectionMethod.Sfi };

    /// <summary>Looks until the first raw access is found.</summary>
    /// <param name="candidates">The assembly's members, with its resolver able to find its references.</param>
    /// <param name="unknown">A member that could not be examined, with the reason; null if there is none. Without meaning when an access is found.</param>
    /// <returns>The first one, or null if none was found.</returns>
    public static RawAccess? First(ModuleMembers candidates, out string? unknown)
    {
        unknown = null;
        MethodDefinition[] members = [.. candidates.Unsettled.Where(m => m.HasInstructions())];
        if (members.Select(RawCall).FirstOrDefault(c => c is not null) is { } call)
        {
            return call;
        }

        var planner = new MemberPlanner(Pointers, new ModuleFacts(candidates, Whitelist.Find(candidates.Module, Pointers, []), Pointers), [], Proofs.Origins);
        foreach (MethodDefinition member in members)
        {
            try
            {
                if (planner.Plan(member).Decisions.FirstOrDefault(IsRaw) is { } found)
                {
                    return Evidence(member, found.Instruction);
                }
            }
            catch (Exception e) when (e is NotModelledException or MalformedFlowException or AssemblyResolutionException or Diagnostics.WeaveException or ArgumentException)
            {
                string reason = (e as Diagnostics.WeaveException)?.Diagnostic.Message ?? e.Message;
                unknown ??= $"{PlanText.Name(member)}: {reason.TrimEnd('.')}";
            }
        }

        return null;
    }

    private static bool IsRaw(AccessDecision decision) => decision.Verdict == AccessVerdict.Masked
        || (decision is { Kind: AccessKind.Conversion, Verdict: AccessVerdict.Checked, Origin: AddressOrigin.PointerParameter or AddressOrigin.Converted });

    private static RawAccess? RawCall(MethodDefinition member) =>
        member.Body.Instructions.FirstOrDefault(i => i.Operand is MethodReference callee && IsRaw(callee) && !IsConstantData(i)) is { } call ? Evidence(member, call) : null;

    /// <summary>The compiler's own way to make a span of constants, of <c>"MZ"u8</c> say: the address and length of data of the module.</summary>
    private static bool IsConstantData(Instruction call) =>
        call is { OpCode.Code: Code.Newobj, Previous: { OpCode.OperandType: not OperandType.InlineMethod, Previous.OpCode.Code: Code.Ldsflda } length }
        && length.OpCode.Name.StartsWith("ldc.i4", StringComparison.Ordinal);

    private static bool IsRaw(MethodReference callee) => ApiTable.Find(callee) is { } contract
        && (contract.Operands.Any(o => IsRaw(o, callee))
            || contract.Result is { Kind: ResultKind.Derived, Displacement: not null }
            || (contract.Result.IsReinterpreted && callee.DeclaringType.FullName == Unsafe));

    private static bool IsRaw(ApiOperand operand, MethodReference callee)
    {
        if (operand.Index == ApiOperand.Receiver || operand.Role is OperandRole.Exempt or OperandRole.Escape or OperandRole.Handle or OperandRole.Code)
        {
            return false;
        }

        return operand.Displacement is not null
            || (operand.Role == OperandRole.RemembersRange && callee.Parameters.Count > 1)
            || StackTypes.WithoutModifiers(callee.Parameters[operand.Index].ParameterType).MetadataType
                is MetadataType.Pointer or MetadataType.IntPtr or MetadataType.UIntPtr;
    }

    private static RawAccess Evidence(MethodDefinition member, Instruction instruction) =>
        new(PlanText.Name(member), instruction.Offset, instruction.OpCode.Name);
}
