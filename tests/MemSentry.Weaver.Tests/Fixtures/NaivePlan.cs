using System.Collections.Immutable;
using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>
/// A plan that checks every <c>ldind</c>, <c>stind</c>, <c>cpblk</c> and <c>initblk</c> and proves nothing: what the rewriter does with a plan is
/// tested apart from how the plan is made.
/// </summary>
internal static class NaivePlan
{
    public static ModulePlan Of(ModuleDefinition module)
    {
        ImmutableArray<MemberPlan> members = [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).Select(Of)];
        return new ModulePlan(members, [], new PlanStatistics(members.Length, 0, 0, 0));
    }

    public static MemberPlan Of(MethodDefinition method)
    {
        ImmutableArray<InstructionChecks> checks =
        [
            .. from instruction in method.Body.Instructions
               let operands = Operands(instruction.OpCode.Code, method.Module)
               where operands.Length > 0
               select new InstructionChecks(instruction, instruction.Offset, operands),
        ];
        return new MemberPlan(method, [], checks, [], [], []);
    }

    private static ImmutableArray<StackOperand> Operands(Code code, ModuleDefinition module)
    {
        var types = module.TypeSystem;
        StackOperand store = new(types.IntPtr, [new OperandCheck(AccessKind.Store, CheckForm.Compare)]);
        StackOperand load = new(types.IntPtr, [new OperandCheck(AccessKind.Load, CheckForm.Compare)]);
        return code switch
        {
            >= Code.Ldind_I1 and <= Code.Ldind_Ref => [load],
            Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 => [new StackOperand(types.Int32, []), store],
            Code.Stind_I8 => [new StackOperand(types.Int64, []), store],
            Code.Stind_I => [new StackOperand(types.IntPtr, []), store],
            Code.Stind_R4 => [new StackOperand(types.Single, []), store],
            Code.Stind_R8 => [new StackOperand(types.Double, []), store],
            Code.Stind_Ref => [new StackOperand(types.Object, []), store],
            Code.Cpblk => [new StackOperand(types.Int32, []), load, store],
            Code.Initblk => [new StackOperand(types.Int32, []), new StackOperand(types.Int32, []), store],
            _ => [],
        };
    }
}
