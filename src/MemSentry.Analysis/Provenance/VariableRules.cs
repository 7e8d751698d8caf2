using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>What <c>ldarg</c>, <c>ldloc</c>, <c>starg</c> and <c>stloc</c> do to a <see cref="FrameState"/>.</summary>
internal sealed class VariableRules(MemberVariables variables, StackTypes types)
{
    public void Load(Instruction instruction, FrameState state)
    {
        int variable = variables.VariableOf(instruction);
        int slot = variables.SlotOf(variable);
        StackValue value = slot < 0 ? variables.OnEntry[variable] : state.Variables[slot];
        bool mayHaveChanged = variables.IsExposed(variable) || (value.IsAddress && variables.AddressTaken[variable]);
        state.Push(mayHaveChanged ? value with { Origin = AddressOrigin.AddressTakenVariable } : value);
    }

    /// <summary>The address of a variable. Without a type the contents behind it are not believed.</summary>
    public void LoadAddress(Instruction instruction, AddressOrigin origin, FrameState state) =>
        state.Push(StackValue.Reference(origin, variables.IsExposed(variables.VariableOf(instruction)) ? null : TypeOf(instruction)));

    public void Store(Instruction instruction, FrameState state)
    {
        StackValue value = state.Pop();
        int variable = variables.VariableOf(instruction);
        int slot = variables.SlotOf(variable);
        if (slot < 0)
        {
            if (variables.OnEntry[variable].Kind == StackKind.Object && value.IsAddress)
            {
                // It would come back as an object, whose fields need no check.
                throw new NotModelledException("an address is stored in a variable for objects");
            }

            return;
        }

        StackValue stored = state.Variables[slot];
        if (stored.IsAddress)
        {
            state.Variables[slot] = new StackValue(stored.Kind, TypeAfterStore(stored, value), value.IsAddress ? value.Origin : AddressOrigin.Converted);
        }
        else
        {
            // What goes into a variable that references lead to is checked on the way (AccessFinder): the references' contents stand ever after.
            AddressOrigin origin = value.HoldsReferences ? value.Origin : AddressOrigin.Converted;
            state.Variables[slot] = stored with { Origin = variables.AddressTaken[variable] && !origin.IsAnchor() ? AddressOrigin.CheckedWhenStored : origin };
        }
    }

    /// <summary>
    /// A variable does not make a reference refer to the type that the variable was declared for: <see cref="Access.IsProven"/> relies on the type. A number
    /// leads to no structure with references inside, because what it was made of would have been one, and that exposed the structure already.
    /// </summary>
    private TypeReference? TypeAfterStore(StackValue stored, StackValue value)
    {
        if (stored.Kind == StackKind.NativeInt || TypeIdentity.Same(stored.Type, value.Type))
        {
            return stored.Type;
        }

        return value.Kind == StackKind.Reference ? types.Retyped(value.Type) : variables.Nothing;
    }

    /// <summary>The declared type of the variable whose address an instruction takes.</summary>
    private static TypeReference TypeOf(Instruction instruction) => StackTypes.WithoutModifiers(
        instruction.Operand is ParameterDefinition parameter ? parameter.ParameterType : ((VariableDefinition)instruction.Operand).VariableType);
}
