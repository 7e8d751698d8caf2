using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>What <c>ldarg</c>, <c>ldloc</c>, <c>starg</c> and <c>stloc</c> do to a <see cref="FrameState"/>.</summary>
internal sealed class VariableRules(MemberVariables variables)
{
    public void Load(Instruction instruction, FrameState state)
    {
        int variable = variables.VariableOf(instruction);
        StackValue value = state.Variables[variable];
        state.Push(value.IsAddress && variables.AddressTaken[variable] ? value with { Origin = AddressOrigin.AddressTakenVariable } : value);
    }

    public void Store(Instruction instruction, FrameState state)
    {
        StackValue value = state.Pop();
        ref StackValue stored = ref state.Variables[variables.VariableOf(instruction)];
        if (stored.IsAddress)
        {
            // A variable does not make a reference refer to the type that the variable was declared for: Access.IsProven relies on the type.
            TypeReference? type = stored.Kind == StackKind.NativeInt || TypeIdentity.Same(stored.Type, value.Type) ? stored.Type : null;
            stored = new StackValue(stored.Kind, type, value.IsAddress ? value.Origin : AddressOrigin.Converted);
        }
        else if (stored.Kind == StackKind.Object && value.IsAddress)
        {
            // It would come back as an object, whose fields need no check.
            throw new NotModelledException("an address is stored in a variable for objects");
        }
    }

    /// <summary>The declared type of the variable whose address an instruction takes.</summary>
    public static TypeReference TypeOf(Instruction instruction) => StackTypes.WithoutModifiers(
        instruction.Operand is ParameterDefinition parameter ? parameter.ParameterType : ((VariableDefinition)instruction.Operand).VariableType);
}
