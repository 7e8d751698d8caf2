using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>The arguments and local variables of a member: one numbered list, arguments first, with what they hold on entry.</summary>
internal sealed class MemberVariables
{
    private readonly int _arguments;
    private readonly int[] _slots;
    private readonly MethodBody _body;

    /// <param name="body">The body.</param>
    /// <param name="types">What its types are on the stack.</param>
    /// <param name="isCalledByNativeCode">Whether native code may call the member, with references that nobody proved.</param>
    public MemberVariables(MethodBody body, StackTypes types, bool isCalledByNativeCode = false)
    {
        var variables = new List<StackValue>(body.Method.Parameters.Count + body.Variables.Count + 1);
        if (body.Method.HasThis)
        {
            variables.Add(This(body.Method.DeclaringType));
        }

        foreach (ParameterDefinition parameter in body.Method.Parameters)
        {
            StackValue value = types.Of(parameter.ParameterType, AddressOrigin.PointerParameter);
            variables.Add(value.Kind is StackKind.NativeInt || !value.HasOrigin ? value : value with { Origin = OfReference(value, types, isCalledByNativeCode) });
        }

        Nothing = body.Method.Module.TypeSystem.Void;
        _arguments = variables.Count;
        foreach (VariableDefinition local in body.Variables)
        {
            // The runtime clears every managed reference in a local variable, whatever InitLocals says: the collector looks at them.
            StackValue value = types.Of(local.VariableType, AddressOrigin.Unassigned);
            variables.Add(value.HoldsReferences ? value with { Origin = AddressOrigin.Default } : value);
        }

        _body = body;
        OnEntry = [.. variables];
        _slots = new int[OnEntry.Length];
        Tracked = Track(OnEntry, _slots);
        ReferToStructures = Array.Exists(Tracked, v => v.Kind == StackKind.Reference && types.Holders.Include(v.Type!));
        ReturnsReference = StackTypes.WithoutModifiers(body.Method.ReturnType) is ByReferenceType;
        AddressTaken = new bool[OnEntry.Length];
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.OpCode.Code is Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S)
            {
                AddressTaken[VariableOf(instruction)] = true;
            }
        }
    }

    /// <summary>The type <c>void</c> of the module: what a reference refers to that refers to no structure with references inside, nor to anything else that is known.</summary>
    public TypeReference Nothing { get; }

    /// <summary>What each variable holds on entry.</summary>
    public StackValue[] OnEntry { get; }

    /// <summary>What those of them hold on entry that can hold an address: only of these is there anything to know.</summary>
    public StackValue[] Tracked { get; }

    /// <summary>Which variables have their address taken anywhere in the body.</summary>
    public bool[] AddressTaken { get; }

    /// <summary>
    /// Whether some reference to a variable with references inside becomes a number, or goes where its contents may be replaced unseen. Then
    /// nothing is believed of what lies in any such variable whose address is taken.
    /// </summary>
    public bool AreContentsExposed { get; set; }

    /// <summary>Whether the contents of a variable with references inside can change behind the back of whoever follows the variable.</summary>
    public bool IsExposed(int variable) => AreContentsExposed && AddressTaken[variable] && OnEntry[variable].HoldsReferences;

    /// <summary>Whether any variable has its address taken and references inside.</summary>
    public bool TakesAddressOfStructure => Tracked.Length > 0 && AddressTaken.Zip(OnEntry).Any(v => v.First && v.Second.HoldsReferences);

    /// <summary>Whether an argument or local variable refers to a structure with references inside, which may be somebody else's.</summary>
    public bool ReferToStructures { get; }

    /// <summary>Whether the member returns a managed reference.</summary>
    public bool ReturnsReference { get; }

    /// <summary>The definition of an argument other than <c>this</c>, or of a local variable.</summary>
    public object DefinitionOf(int variable) => variable >= _arguments
        ? _body.Variables[variable - _arguments]
        : _body.Method.Parameters[variable - (_body.Method.HasThis ? 1 : 0)];

    /// <summary>Whether a variable of 32 bits or less has less, so that a store cuts bits off.</summary>
    public bool IsNarrow(int variable) =>
        IsNarrow(DefinitionOf(variable) is ParameterDefinition parameter ? parameter.ParameterType : ((VariableDefinition)DefinitionOf(variable)).VariableType);

    /// <summary>The position of a variable in <see cref="Tracked"/>; negative if it can hold no address.</summary>
    public int SlotOf(int variable) => _slots[variable];

    /// <summary>The variable that a <c>ldarg</c>, <c>starg</c>, <c>ldarga</c>, <c>ldloc</c>, <c>stloc</c> or <c>ldloca</c> names.</summary>
    public int VariableOf(Instruction instruction) => VariableNumber.Of(instruction, _body);

    private static bool IsNarrow(TypeReference type) => StackTypes.WithoutModifiers(type).MetadataType is not (MetadataType.Int32 or MetadataType.UInt32);

    private static StackValue[] Track(StackValue[] variables, int[] slots)
    {
        List<StackValue>? tracked = null;
        for (int i = 0; i < variables.Length; i++)
        {
            slots[i] = variables[i].HasOrigin ? tracked?.Count ?? 0 : -1;
            if (variables[i].HasOrigin)
            {
                (tracked ??= []).Add(variables[i]);
            }
        }

        return tracked?.ToArray() ?? [];
    }

    /// <summary>A reference stands by contract. Native code cannot pass what refers to, or holds, further references: the marshaller refuses it.</summary>
    private static AddressOrigin OfReference(StackValue parameter, StackTypes types, bool isCalledByNativeCode) =>
        isCalledByNativeCode && parameter.Kind == StackKind.Reference && !types.Holders.Include(parameter.Type!)
            ? AddressOrigin.NativeCaller
            : AddressOrigin.ReferenceParameter;

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
