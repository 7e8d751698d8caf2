using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>The local variables of a member, as the C# form has them.</summary>
internal sealed class IlVariables
{
    private const int CellBytes = 72;
    private readonly IlModule _module;
    private readonly IlCode _code;

    public IlVariables(IlModule module, Member member, IlCode code)
    {
        (_module, _code, Member) = (module, code, member);
        Hash = code.Variable(module.Int64);
        Numbers = [.. Enumerable.Range(0, Member.NumberVariables).Select(_ => code.Variable(module.Int64))];
        Pointers = [.. Enumerable.Range(0, Member.PointerVariables).Select(_ => code.Variable(PointerVariable()))];
        Cells = code.Variable(new PointerType(module.Int64));
        AddressTaken = code.Variable(module.BytePointer);
        Referred = code.Variable(new ByReferenceType(module.Int64));
        Passing = code.Variable(new ByReferenceType(module.Byte));
        Span = code.Variable(module.Word("Cover").ReturnType);
        Temporary = code.Variable(module.Int64);
        Structure = code.Variable(module.Type("Place"));
        Both = code.Variable(module.Type("Both"));
        Holder = code.Variable(module.Type("Holder"));
    }

    public Member Member { get; }

    public VariableDefinition Hash { get; }

    public VariableDefinition[] Numbers { get; }

    public VariableDefinition[] Pointers { get; }

    public VariableDefinition Cells { get; }

    public VariableDefinition AddressTaken { get; }

    public VariableDefinition Referred { get; }

    public VariableDefinition Passing { get; }

    public VariableDefinition Span { get; }

    public VariableDefinition Temporary { get; }

    public VariableDefinition Structure { get; }

    public VariableDefinition Both { get; }

    public VariableDefinition Holder { get; }

    /// <summary>Gives all of them a value, see <see cref="Tree.Member"/>.</summary>
    public void Initialize()
    {
        Set(Hash, 7);
        for (int i = 0; i < Numbers.Length; i++)
            Set(Numbers[i], i + 1);
        foreach (VariableDefinition pointer in Pointers.Append(AddressTaken).Append(Referred))
        {
            _code.Argument(0);
            _code.Emit(OpCodes.Stloc, pointer);
        }

        _code.Emit(OpCodes.Ldc_I4, CellBytes);
        _code.Emit(OpCodes.Conv_U);
        _code.Emit(OpCodes.Localloc);
        _code.Emit(OpCodes.Stloc, Cells);
        _code.Argument(0);
        _code.Emit(OpCodes.Call, _module.Word("Cover"));
        _code.Emit(OpCodes.Stloc, Span);
        _code.Emit(OpCodes.Newobj, _module.Type("Holder").Methods.Single(m => m.IsConstructor));
        _code.Emit(OpCodes.Stloc, Holder);
        var places = new IlPlaces(_module, _code, this);
        foreach (Place place in Enum.GetValues<Place>().Where(p => p != Place.Table))
            places.Keep(place, () => _code.Argument(0));
    }

    private TypeReference PointerVariable() => Member.Variables switch
    {
        VariableType.NativeInteger => _module.IntPtr,
        VariableType.Reference => new ByReferenceType(_module.Byte),
        _ => _module.BytePointer,
    };

    private void Set(VariableDefinition variable, long value)
    {
        _code.Emit(OpCodes.Ldc_I8, value);
        _code.Emit(OpCodes.Stloc, variable);
    }
}
