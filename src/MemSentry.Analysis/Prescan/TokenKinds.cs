using System.Collections.Immutable;
using System.Reflection.Metadata;
using FieldAttributes = System.Reflection.FieldAttributes;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;

namespace MemSentry.Analysis.Prescan;

/// <summary>What the tokens in one module's instructions name, and its signatures, as kinds. Each is looked up once.</summary>
internal sealed class TokenKinds
{
    private readonly MetadataReader _metadata;
    private readonly TypeKinds _types;
    private readonly SignatureKinds _signatures;
    private readonly DeclaringTypes _declaring;
    private readonly CalleeKinds _callees;
    private readonly Dictionary<EntityHandle, CallKinds> _calls = [];
    private readonly Dictionary<EntityHandle, SlotKind> _fields = [];
    private readonly Dictionary<EntityHandle, SlotKind> _operands = [];
    private readonly Dictionary<StandaloneSignatureHandle, ImmutableArray<SlotKind>> _locals = [];
    private readonly HashSet<string> _mappedFields;
    private readonly Dictionary<UserStringHandle, bool> _texts = [];
    private HashSet<string>? _takers;

    public TokenKinds(ModuleDefinition module, MetadataReader metadata)
    {
        _metadata = metadata;
        _types = new TypeKinds(module);
        _signatures = new SignatureKinds(_types);
        _declaring = new DeclaringTypes(metadata, _signatures);
        _callees = new CalleeKinds(module, metadata, _types, _signatures, _declaring);
        _mappedFields =
        [
            .. metadata.FieldDefinitions.Select(metadata.GetFieldDefinition)
                .Where(f => f.Attributes.HasFlag(FieldAttributes.HasFieldRVA))
                .Select(f => metadata.GetString(f.Name)),
        ];
    }

    /// <summary>The operand of <c>call</c>, <c>callvirt</c> or <c>newobj</c>.</summary>
    public CallKinds Callee(EntityHandle token)
    {
        if (!_calls.TryGetValue(token, out CallKinds? kinds))
        {
            kinds = _callees.Find(token);
            _calls.Add(token, kinds);
        }

        return kinds;
    }

    /// <summary>Whether a text is the name of some member of the module that takes or returns a pointer.</summary>
    public bool NameEntry(UserStringHandle text)
    {
        if (!_texts.TryGetValue(text, out bool names))
        {
            _takers ??= [.. _metadata.MethodDefinitions.Select(_metadata.GetMethodDefinition).Where(HasPointer).Select(m => _metadata.GetString(m.Name))];
            names = _takers.Count > 0 && _takers.Contains(_metadata.GetUserString(text));
            _texts.Add(text, names);
        }

        return names;
    }

    /// <summary>Whether the signature of a member has a byte in it that stands for a pointer, or looks as if it did.</summary>
    private bool HasPointer(MethodDefinition method)
    {
        BlobReader signature = _metadata.GetBlobReader(method.Signature);
        return signature.IndexOf((byte)SignatureTypeCode.Pointer) >= 0;
    }

    /// <summary>What a field holds. Fields that lie in the image are for the analysis.</summary>
    public SlotKind Field(EntityHandle token)
    {
        if (!_fields.TryGetValue(token, out SlotKind kind))
        {
            kind = ValueOnly(FindField(token));
            _fields.Add(token, kind);
        }

        return kind;
    }

    /// <summary>What a value of a type is that an instruction names.</summary>
    public SlotKind Type(EntityHandle token)
    {
        if (!_operands.TryGetValue(token, out SlotKind kind))
        {
            kind = ValueOnly(_signatures.Of(_metadata, token));
            _operands.Add(token, kind);
        }

        return kind;
    }

    /// <summary>What <c>this</c> is in a member of a type.</summary>
    public SlotKind This(TypeDefinitionHandle type) => _types.Of(type) switch
    {
        SlotKind.Object => SlotKind.Object,
        SlotKind.Number or SlotKind.Structure => SlotKind.This,
        _ => SlotKind.Address,
    };

    /// <summary>What the parameters of a member and its result are.</summary>
    public MethodSignature<SlotKind> Signature(MethodDefinitionHandle method) => _metadata.GetMethodDefinition(method).DecodeSignature(_signatures, default);

    /// <summary>What the local variables of a body are.</summary>
    public ImmutableArray<SlotKind> Locals(StandaloneSignatureHandle signature)
    {
        if (signature.IsNil)
        {
            return [];
        }

        if (!_locals.TryGetValue(signature, out ImmutableArray<SlotKind> kinds))
        {
            kinds = _metadata.GetStandaloneSignature(signature).DecodeLocalSignature(_signatures, default);
            _locals.Add(signature, kinds);
        }

        return kinds;
    }

    private SlotKind FindField(EntityHandle token)
    {
        switch (token.Kind)
        {
            case HandleKind.FieldDefinition:
                FieldDefinition definition = _metadata.GetFieldDefinition((FieldDefinitionHandle)token);
                return _declaring.IsGeneric(definition.GetDeclaringType()) || IsMapped(definition.Name) ? SlotKind.Address : definition.DecodeSignature(_signatures, default);
            case HandleKind.MemberReference:
                MemberReference reference = _metadata.GetMemberReference((MemberReferenceHandle)token);
                return _declaring.Of(reference) is not { } declaring || IsMapped(reference.Name)
                    ? SlotKind.Address
                    : reference.DecodeFieldSignature(_signatures, new TypeArguments(declaring.Arguments, default));
            default:
                return SlotKind.Address;
        }
    }

    /// <summary>What lies in a field, or where a type says, may be a reference that anybody has made.</summary>
    private static SlotKind ValueOnly(SlotKind kind) => kind == SlotKind.Reference ? SlotKind.Address : kind;

    private bool IsMapped(StringHandle field) => _mappedFields.Count > 0 && _mappedFields.Contains(_metadata.GetString(field));
}
