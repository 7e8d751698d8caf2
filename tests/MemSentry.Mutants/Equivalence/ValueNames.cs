using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Equivalence;

/// <summary>Names for the values of one body: one for each variable on entry, one for each instruction that makes a value.</summary>
internal sealed class ValueNames
{
    private readonly CilMember _member;
    private readonly TypeReference[] _types;
    private readonly bool[] _shared;
    private readonly int _arguments;

    public ValueNames(CilMember member)
    {
        _member = member;
        MethodDefinition method = member.Body.Method;
        List<TypeReference> types = [.. method.Parameters.Select(p => p.ParameterType)];
        if (method.HasThis)
            types.Insert(0, method.DeclaringType.IsValueType ? new ByReferenceType(method.DeclaringType) : method.DeclaringType);
        _arguments = types.Count;
        _types = [.. types, .. member.Body.Variables.Select(v => v.VariableType)];
        _shared = new bool[_types.Length];
        foreach (Instruction instruction in member.Body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Ldarga or Code.Ldarga_S or Code.Ldloca or Code.Ldloca_S && VariableOf(instruction) is { } variable)
                _shared[variable] = true;
        }
    }

    /// <summary>The names of what variables hold on entry.</summary>
    public IEnumerable<int> OfVariables => Enumerable.Range(1, _types.Length);

    /// <summary>The name of what an instruction makes.</summary>
    public int Of(int instruction) => 1 + _types.Length + instruction;

    /// <summary>A name for what lies on top of the stack before an instruction, if it has none.</summary>
    public int Before(int instruction) => Of(_member.Count + instruction);

    /// <summary>Whether a value is surely a managed reference, which stands across calls.</summary>
    public bool IsReference(int value)
    {
        if (value <= _types.Length)
            return IsForReferences(value - 1);

        if (value >= Before(0))
            return false;

        Instruction maker = _member[value - _types.Length - 1];
        return maker.Operand switch
        {
            MethodReference callee => callee.ReturnType is ByReferenceType,
            FieldReference field when maker.OpCode.Code == Code.Ldfld => field.FieldType is ByReferenceType,
            _ => IsLoad(maker) && VariableOf(maker) is { } variable && IsForReferences(variable),
        };
    }

    /// <summary>Whether a variable is one for managed references.</summary>
    public bool IsForReferences(int variable) => _types[variable] is ByReferenceType or PinnedType { ElementType: ByReferenceType };

    /// <summary>Whether a variable's address is taken, so that anything may change it.</summary>
    public bool IsShared(int variable) => _shared[variable];

    public bool IsLoad(Instruction instruction) => instruction.OpCode.Code is (>= Code.Ldarg_0 and <= Code.Ldloc_3) or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S;

    public bool IsStore(Instruction instruction) => instruction.OpCode.Code is (>= Code.Stloc_0 and <= Code.Stloc_3) or Code.Stloc or Code.Stloc_S or Code.Starg or Code.Starg_S;

    /// <summary>The variable that an instruction names; null if it names none.</summary>
    public int? VariableOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        >= Code.Ldarg_0 and <= Code.Ldarg_3 => instruction.OpCode.Code - Code.Ldarg_0,
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => _arguments + (instruction.OpCode.Code - Code.Ldloc_0),
        >= Code.Stloc_0 and <= Code.Stloc_3 => _arguments + (instruction.OpCode.Code - Code.Stloc_0),
        _ => instruction.Operand switch
        {
            ParameterDefinition parameter => parameter.Sequence,
            VariableDefinition local => _arguments + local.Index,
            _ => null,
        },
    };
}
