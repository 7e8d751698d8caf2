using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;
using Mono.Cecil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>The module that members in IL are put into: what they call is in it already.</summary>
internal sealed class IlModule
{
    private readonly TypeDefinition _prelude;
    private readonly TypeDefinition _vocabulary;
    private readonly Dictionary<string, MethodDefinition> _calls;

    public IlModule(ModuleDefinition module)
    {
        Module = module;
        _prelude = module.GetType("Fuzz.Prelude");
        _vocabulary = module.GetType("Fuzz.Vocabulary");
        _calls = _vocabulary.Methods.Concat(_prelude.Methods).ToDictionary(m => $"{m.DeclaringType.Name}.{m.Name}");
    }

    /// <summary>The module.</summary>
    public ModuleDefinition Module { get; }

    public TypeReference Void => Module.TypeSystem.Void;

    public TypeReference Byte => Module.TypeSystem.Byte;

    public TypeReference Int32 => Module.TypeSystem.Int32;

    public TypeReference Int64 => Module.TypeSystem.Int64;

    public TypeReference IntPtr => Module.TypeSystem.IntPtr;

    /// <summary><c>byte*</c>.</summary>
    public TypeReference BytePointer => new PointerType(Byte);

    /// <summary>A type of the prelude.</summary>
    public TypeDefinition Type(string name) => Module.GetType("Fuzz." + name);

    /// <summary>A field of a type of the prelude.</summary>
    public FieldDefinition Field(string type, string name) => Type(type).Fields.Single(f => f.Name == name);

    /// <summary>The fields on the way to a field of a structure.</summary>
    public IEnumerable<FieldDefinition> Path(StructureField field)
    {
        TypeDefinition type = Type(field.Type);
        foreach (string name in field.Path.Split('.'))
        {
            FieldDefinition next = type.Fields.Single(f => f.Name == name);
            yield return next;
            type = next.FieldType.Resolve() ?? type;
        }
    }

    /// <summary>A member of the prelude.</summary>
    public MethodDefinition Call(string name) => _calls["Prelude." + name];

    /// <summary>A member that stands for a word of the vocabulary.</summary>
    public MethodDefinition Word(string name) => _calls["Vocabulary." + name];

    /// <summary>An exception of the framework.</summary>
    public TypeReference Exception(string name) => new("System", name["System.".Length..], Module, Module.TypeSystem.CoreLibrary);

    /// <summary>The constructor of such an exception.</summary>
    public MethodReference NewException(string name) => new(".ctor", Void, Exception(name)) { HasThis = true };

    /// <summary>Adds members; null stands for one that is left out.</summary>
    public void Add(IReadOnlyList<Member?> members)
    {
        string[] name = SourceFiles.MembersType.Split('.');
        var type = new TypeDefinition(
            name[0], name[1], TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, Module.TypeSystem.Object);
        Module.Types.Add(type);
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i] is { } member)
                type.Methods.Add(IlMember.Make(this, member, SourceFiles.NameOf(i)));
        }
    }
}
