using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// The arguments and locals of a body. A variable whose address is taken proves nothing: any store anywhere may change it between a check
/// and a use.
/// </summary>
internal sealed class Variables
{
    private readonly int _arguments;
    private readonly Value[] _declared;
    private readonly bool[] _addressTaken;

    public Variables(MethodBody body, TypeShapes shapes)
    {
        if (body.Method.ExplicitThis)
            throw RejectionException.NotUnderstood("The member spells out its 'this' parameter");

        List<Value> declared = [];
        List<Value> entry = [];
        if (body.Method.HasThis)
            declared.Add(This(body.Method.DeclaringType));
        declared.AddRange(body.Method.Parameters.Select(p => shapes.Of(p.ParameterType)));
        entry.AddRange(declared.Select(v => v.Kind == ValueKind.Reference ? Value.Reference(v.Type, Proof.Contract) : v));
        _arguments = declared.Count;

        // A local reference starts as null, whatever InitLocals says: the collector has to understand it at any time.
        declared.AddRange(body.Variables.Select(v => shapes.Of(v.VariableType)));
        entry.AddRange(declared.Skip(_arguments).Select(v => v.Kind == ValueKind.Reference ? Value.Reference(v.Type, Proof.Exact) : v));

        _declared = [.. declared];
        AtEntry = [.. entry];
        _addressTaken = new bool[_declared.Length];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.OpCode.Code is IL.Ldarga or IL.Ldarga_S or IL.Ldloca or IL.Ldloca_S)
                _addressTaken[IndexOf(instruction)] = true;
        }
    }

    /// <summary>What the variables hold when the member is entered.</summary>
    public Value[] AtEntry { get; }

    public bool IsAddressTaken(int variable) => _addressTaken[variable];

    /// <summary>What a variable of its type holds if nothing is proven.</summary>
    public Value Declared(int variable) => _declared[variable];

    /// <summary>
    /// What a variable holds after a store: the value, if the variable is wide enough. The variable's own type says nothing about what a
    /// reference refers to, so the value keeps the type that its proof speaks of.
    /// </summary>
    public Value AfterStore(int variable, Value value)
    {
        Value declared = _declared[variable];
        if (declared.Kind == ValueKind.Object && value.IsAddress)
            throw RejectionException.NotUnderstood("A number becomes an object by a store in a variable");

        return declared.CanBeNumbered && value.CanBeNumbered ? value with { Kind = declared.Kind, Constant = null } : declared;
    }

    /// <summary>The variable that an instruction loads, stores or takes the address of.</summary>
    public int IndexOf(Instruction instruction)
    {
        int index = instruction.OpCode.Code switch
        {
            >= IL.Ldarg_0 and <= IL.Ldarg_3 => instruction.OpCode.Code - IL.Ldarg_0,
            >= IL.Ldloc_0 and <= IL.Ldloc_3 => _arguments + (instruction.OpCode.Code - IL.Ldloc_0),
            >= IL.Stloc_0 and <= IL.Stloc_3 => _arguments + (instruction.OpCode.Code - IL.Stloc_0),
            _ => instruction.Operand switch
            {
                ParameterDefinition parameter => parameter.Sequence,
                VariableDefinition local => _arguments + local.Index,
                _ => -1,
            },
        };
        return index >= 0 && index < _declared.Length ? index : throw RejectionException.NotUnderstood("An instruction names a variable that does not exist");
    }

    private static Value This(TypeDefinition type)
    {
        if (!type.IsValueType)
            return Value.Object;
        if (!type.HasGenericParameters)
            return Value.Reference(type, Proof.None);

        var self = new GenericInstanceType(type);
        foreach (GenericParameter parameter in type.GenericParameters)
            self.GenericArguments.Add(parameter);
        return Value.Reference(self, Proof.None);
    }
}
