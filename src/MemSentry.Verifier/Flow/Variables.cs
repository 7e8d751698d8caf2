using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>
/// The arguments and locals of a body. A variable whose address is taken proves nothing: any store anywhere may change it between a check
/// and a use. Only the references inside it stand, because every store to it has to answer for those, as long as the body does not leak its address.
/// </summary>
internal sealed class Variables
{
    private readonly int _arguments;
    private readonly Value[] _declared;
    private readonly bool[] _addressTaken;
    private readonly bool[] _isNarrow;

    /// <summary>The variables of a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="shapes">Knows the types.</param>
    /// <param name="isNativeEntry">Whether native code can call the member: then nobody answers for the references it passes.</param>
    /// <param name="summaries">What is believed across calls.</param>
    public Variables(MethodBody body, TypeShapes shapes, bool isNativeEntry, Summaries summaries)
    {
        if (body.Method.ExplicitThis)
            throw RejectionException.NotUnderstood("The member spells out its 'this' parameter");

        List<Value> declared = [.. body.Method.Parameters.Select(p => shapes.Of(p.ParameterType))];
        List<Value> entry = [.. declared.Select(v => isNativeEntry && !shapes.IsHolder(v.Type) ? v : AtBorder(v)).Select(TypeShapes.Vouched)
            .Select((v, parameter) => v.Kind == ValueKind.Raw && summaries.Include(body.Method, parameter) ? v with { Near = Distance.Believed } : v)];
        if (body.Method.HasThis)
        {
            declared.Insert(0, This(body.Method.DeclaringType));
            entry.Insert(0, AtBorder(declared[0]));
        }

        // A local reference starts as null, whatever InitLocals says: the collector has to understand it at any time.
        _arguments = declared.Count;
        declared.AddRange(body.Variables.Select(v => shapes.Of(v.VariableType)));
        entry.AddRange(declared.Skip(_arguments).Select(v => AtStart(v, body.InitLocals)));

        _declared = [.. declared];
        AtEntry = [.. entry];
        _isNarrow = [.. Enumerable.Repeat(false, declared.Count - body.Method.Parameters.Count - body.Variables.Count), .. Types(body).Select(IsNarrow)];
        _addressTaken = new bool[_declared.Length];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.OpCode.Code is IL.Ldarga or IL.Ldarga_S or IL.Ldloca or IL.Ldloca_S)
                _addressTaken[IndexOf(instruction)] = true;
            AreLent |= IsLent(instruction, shapes);
        }

        AreLent |= declared.Exists(v => v.Kind == ValueKind.Reference && shapes.IsHolder(v.Type));
    }

    /// <summary>What the variables hold when the member is entered.</summary>
    public Value[] AtEntry { get; }

    /// <summary>Whether the address of a variable with references inside becomes a number that the body does more with than check it.</summary>
    public bool AreLeaked { get; set; }

    /// <summary>Whether there is such a variable that could be leaked.</summary>
    public bool CanBeLeaked => _declared.Where((v, i) => v.Kind == ValueKind.Holder && _addressTaken[i]).Any();

    /// <summary>Whether a variable, or the result of a call, may refer to somebody else's structure with references inside.</summary>
    public bool AreLent { get; }

    public bool IsAddressTaken(int variable) => _addressTaken[variable];

    /// <summary>What a variable holds whose address is taken.</summary>
    public Value Shared(int variable) => AreLeaked ? _declared[variable] : TypeShapes.Vouched(_declared[variable]);

    /// <summary>The address of a variable.</summary>
    public Value AddressOf(Instruction instruction)
    {
        ParameterReference? parameter = instruction.Operand as ParameterReference;
        TypeReference type = TypeShapes.Bare(parameter?.ParameterType ?? ((VariableReference)instruction.Operand).VariableType);
        return Value.Reference(type, Proof.Exact) with { IsOwn = true, Stands = !AreLeaked || _declared[IndexOf(instruction)].Kind != ValueKind.Holder };
    }

    /// <summary>
    /// What a variable holds after a store: the value, if the variable is wide enough. The variable's own type says nothing about what a
    /// reference refers to, so the value keeps the type that its proof speaks of.
    /// </summary>
    public Value AfterStore(int variable, Value value, TypeShapes shapes)
    {
        Value declared = _declared[variable];
        return (declared.Kind, value.Kind) switch
        {
            (ValueKind.Object, _) when value.IsAddress => throw RejectionException.NotUnderstood("A number becomes an object by a store in a variable"),

            // What is kept starts anew, unless it is known to the byte how it relates to what it was computed from.
            (ValueKind.Raw, ValueKind.Raw) => value.Lineage is { IsExact: false } ? value with { Lineage = null } : value,
            (ValueKind.Raw, ValueKind.Reference) => value.AsRaw(shapes.MayHold(value.Type)),
            (ValueKind.Reference, ValueKind.Raw or ValueKind.Reference) => value with { Kind = ValueKind.Reference, Constant = null, IsOld = false },
            (ValueKind.Int32, ValueKind.Int32) when !_isNarrow[variable] => value,
            (ValueKind.Structure or ValueKind.Holder, _) when SameType.Are(value.Type, declared.Type) => value,
            (ValueKind.Object, ValueKind.Object) => value,
            _ => declared with { IsOld = value.IsOld },
        };
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

    /// <summary>What a local holds before it is assigned. A number is zero where the body says so, which is null to whoever takes it for an address.</summary>
    private static Value AtStart(Value local, bool isZeroed) => local.Kind switch
    {
        ValueKind.Reference => Value.Reference(local.Type, Proof.Exact),
        ValueKind.Raw when isZeroed => local with { Proof = Proof.Exact },
        _ => TypeShapes.Vouched(local),
    };

    private static bool IsLent(Instruction instruction, TypeShapes shapes) =>
        instruction is { OpCode.FlowControl: FlowControl.Call, Operand: IMethodSignature { ReturnType: ByReferenceType } }
        && shapes.IsHolder(TypeShapes.Referred(new CallSignature(instruction).Result));

    private static Value AtBorder(Value value) => value.Kind == ValueKind.Reference ? Value.Reference(value.Type, Proof.Contract) : value;

    private static IEnumerable<TypeReference> Types(MethodBody body) =>
        body.Method.Parameters.Select(p => p.ParameterType).Concat(body.Variables.Select(v => v.VariableType)).Select(TypeShapes.Bare);

    /// <summary>Whether a store of an int32 may cut bits off.</summary>
    private static bool IsNarrow(TypeReference type) => type.MetadataType is not (MetadataType.Int32 or MetadataType.UInt32);

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
