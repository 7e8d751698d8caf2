using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>The arguments and local variables of a member: one numbered list, arguments first, with what they hold on entry.</summary>
internal sealed class MemberVariables
{
    private readonly int _arguments;

    public MemberVariables(MethodBody body, StackTypes types)
    {
        var variables = new List<StackValue>();
        if (body.Method.HasThis)
        {
            variables.Add(This(body.Method.DeclaringType));
        }

        foreach (ParameterDefinition parameter in body.Method.Parameters)
        {
            StackValue value = types.Of(parameter.ParameterType, AddressOrigin.PointerParameter);
            variables.Add(value.Kind == StackKind.Reference ? value with { Origin = AddressOrigin.ReferenceParameter } : value);
        }

        _arguments = variables.Count;
        foreach (VariableDefinition local in body.Variables)
        {
            variables.Add(types.Of(local.VariableType, AddressOrigin.Unassigned));
        }

        OnEntry = [.. variables];
        AddressTaken = new bool[OnEntry.Length];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S)
            {
                AddressTaken[VariableOf(instruction)] = true;
            }
        }
    }

    /// <summary>What each variable holds on entry.</summary>
    public StackValue[] OnEntry { get; }

    /// <summary>Which variables have their address taken anywhere in the body.</summary>
    public bool[] AddressTaken { get; }

    /// <summary>The variable that a <c>ldarg</c>, <c>starg</c>, <c>ldarga</c>, <c>ldloc</c>, <c>stloc</c> or <c>ldloca</c> names.</summary>
    public int VariableOf(Instruction instruction)
    {
        int index = instruction.OpCode.Code switch
        {
            Code.Ldarg_0 => 0,
            Code.Ldarg_1 => 1,
            Code.Ldarg_2 => 2,
            Code.Ldarg_3 => 3,
            Code.Ldloc_0 or Code.Stloc_0 => _arguments,
            Code.Ldloc_1 or Code.Stloc_1 => _arguments + 1,
            Code.Ldloc_2 or Code.Stloc_2 => _arguments + 2,
            Code.Ldloc_3 or Code.Stloc_3 => _arguments + 3,
            _ when instruction.Operand is ParameterDefinition parameter => ArgumentOf(parameter),
            _ when instruction.Operand is VariableDefinition local => _arguments + local.Index,
            _ => -1,
        };
        return index >= 0 && index < OnEntry.Length ? index : throw new NotModelledException("a variable does not exist");
    }

    /// <summary>Cecil gives the <c>this</c> argument the index -1.</summary>
    private static int ArgumentOf(ParameterDefinition parameter) =>
        ((MethodReference)parameter.Method).HasThis ? parameter.Index + 1 : parameter.Index;

    private static StackValue This(TypeDefinition type)
    {
        if (!type.IsValueType)
        {
            return StackValue.Object;
        }

        TypeReference self = type;
        if (type.HasGenericParameters)
        {
            var instance = new GenericInstanceType(type);
            foreach (GenericParameter parameter in type.GenericParameters)
            {
                instance.GenericArguments.Add(parameter);
            }

            self = instance;
        }

        return StackValue.Reference(AddressOrigin.ReferenceParameter, self);
    }
}
