using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using MemSentry.AccessTable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using AssemblyResolutionException = Mono.Cecil.AssemblyResolutionException;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;
using TypeReference = Mono.Cecil.TypeReference;

namespace MemSentry.Analysis.Prescan;

/// <summary>What values of named types are, asked once for each token.</summary>
internal sealed class TypeKinds(ModuleDefinition module)
{
    private readonly StackTypes _types = new();
    private readonly Dictionary<EntityHandle, SlotKind> _kinds = [];
    private readonly Dictionary<EntityHandle, IReadOnlyList<ApiType>?> _families = [];

    /// <summary>What a value of a type definition or reference is; for a generic one, what each of its instances is.</summary>
    public SlotKind Of(EntityHandle type)
    {
        if (!_kinds.TryGetValue(type, out SlotKind kind))
        {
            kind = Find(type) is { } reference ? KindOf(reference) : SlotKind.Address;
            _kinds.Add(type, kind);
        }

        return kind;
    }

    /// <summary>The rows of the access table for members of a type and of its base types: most have none. Null if one of the types is not found.</summary>
    public IReadOnlyList<ApiType>? RowsOf(EntityHandle type)
    {
        if (!_families.TryGetValue(type, out IReadOnlyList<ApiType>? family))
        {
            family = RowsOf(Find(type));
            _families.Add(type, family);
        }

        return family;
    }

    private TypeReference? Find(EntityHandle type) => module.LookupToken(MetadataTokens.GetToken(type)) as TypeReference;

    private static List<ApiType>? RowsOf(TypeReference? type)
    {
        List<ApiType> rows = [];
        List<string> names = [];
        try
        {
            // Damaged metadata may say that a type derives from itself.
            while (type?.GetElementType().FullName is { } name && !names.Contains(name))
            {
                names.Add(name);
                if (ApiTable.Of(name) is { } found)
                {
                    rows.Add(found);
                }

                type = type.Resolve()?.BaseType;
            }
        }
        catch (Exception e) when (IsNotFound(e))
        {
            return null;
        }

        return rows;
    }

    private SlotKind KindOf(TypeReference type)
    {
        if (ApiTable.IsHandle(type))
        {
            return SlotKind.Address;
        }

        try
        {
            StackValue value = _types.Of(type, AddressOrigin.SeveralOrigins);
            return value.Kind switch
            {
                StackKind.Int32 or StackKind.Int64 or StackKind.Float32 or StackKind.Float64 => SlotKind.Number,
                StackKind.Object => SlotKind.Object,
                StackKind.Value when !value.HoldsReferences => SlotKind.Structure,
                _ => SlotKind.Address,
            };
        }
        catch (Exception e) when (IsNotFound(e) || e is NotModelledException)
        {
            return SlotKind.Address;
        }
    }

    /// <summary>Whoever analyses the member reports what it misses; nothing is missed if nobody has to.</summary>
    private static bool IsNotFound(Exception e) => e is AssemblyResolutionException or WeaveException;
}
