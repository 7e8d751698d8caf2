using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>
/// The framework members that touch memory through an operand, as data. Rows are found by the declaring type's full name, the member's name and,
/// where overloads differ, the shape of its parameters; which assembly declares the type does not matter, as it differs between reference
/// assemblies, the framework and packages.
/// <para>
/// Managed references and spans stand by contract at every call, whatever their role here. The answer is for the callee as it is declared: a
/// parameter of generic type is not an address, even where its argument is a native integer. Finding is not free: keep the answer per callee.
/// </para>
/// <para>
/// A member that is not found is not known: its caller must take every pointer, native integer and handle argument for an escape and every address
/// that it returns for an origin.
/// </para>
/// </summary>
public static class ApiTable
{
    private static readonly ApiType Delegates = new("(delegates)", DelegateRows.Constructor);

    private static readonly Dictionary<string, ApiType> ByName = All().ToDictionary(t => t.Name);
    private static readonly (string Prefix, ApiType Type)[] ByNamespace =
        [.. ByName.Values.Where(t => t.Name.EndsWith(".*", StringComparison.Ordinal)).Select(t => (t.Name[..^1], t))];

    private static readonly HashSet<string> Names = [.. ByName.Values.SelectMany(t => t.Rows).Select(r => r.NamePattern)];

    /// <summary>All types with rows.</summary>
    public static IReadOnlyCollection<ApiType> Types => ByName.Values;

    /// <summary>What a member does with its operands, or null if the table does not know it.</summary>
    /// <param name="callee">
    /// The operand of <c>call</c>, <c>callvirt</c> or <c>newobj</c>. Members that are woven with the caller, whatever their names, are not the
    /// table's business: ask for those first.
    /// </param>
    public static ApiContract? Find(MethodReference callee)
    {
        MethodReference member = callee.GetElementMethod();
        if (member.DeclaringType is ArrayType)
        {
            return null;
        }

        (ApiType Type, ApiRow Row)? found = FindDeclared(member) ?? FindInherited(member) ?? FindDefault(member) ?? FindConstructor(member);
        return found is { } hit ? RowApplication.Apply(hit.Type, hit.Row, member) : null;
    }

    /// <summary>
    /// The rows in which <see cref="Find(MethodReference)"/> looks for the members that a type declares, or null if it has none. For members that the type inherits it
    /// looks into those of the base types, too.
    /// </summary>
    /// <param name="type">The full name of the type, without generic arguments.</param>
    public static ApiType? Of(string type)
    {
        if (ByName.TryGetValue(type, out ApiType? found))
        {
            return found;
        }

        foreach ((string prefix, ApiType rows) in ByNamespace)
        {
            if (type.StartsWith(prefix, StringComparison.Ordinal))
            {
                return rows;
            }
        }

        return null;
    }

    /// <summary>
    /// What a store into a framework field does with the stored value (operand 0), and what a load gives; null if the table does not know it.
    /// </summary>
    public static ApiContract? Find(FieldReference field) =>
        RowsOf(field.DeclaringType) is { } type && Match(type, ApiRow.FieldPrefix + field.Name, string.Empty) is { } row
            ? RowApplication.Apply(type, row, field)
            : null;

    /// <summary>Whether a type is a structure around an address that its members use, such as <c>GCHandle</c>, or a reference to one.</summary>
    public static bool IsHandle(TypeReference type) => AddressShapes.Of(type) == AddressShape.Handle;

    private static (ApiType Type, ApiRow Row)? FindDeclared(MethodReference member) =>
        RowsOf(member.DeclaringType) is { } type && Match(type, member.Name, SignatureShape.Of(member)) is { IsDefault: false } row ? (type, row) : null;

    private static (ApiType Type, ApiRow Row)? FindDefault(MethodReference member) =>
        RowsOf(member.DeclaringType) is { } type && type.Rows.FirstOrDefault(r => r.IsDefault) is { } row ? (type, row) : null;

    private static (ApiType Type, ApiRow Row)? FindConstructor(MethodReference member) =>
        member.Name == ".ctor" && DelegateRows.Constructor.Matches(member.Name, SignatureShape.Of(member)) ? (Delegates, DelegateRows.Constructor) : null;

    /// <summary>
    /// The row of a base type, if IL calls a member on a type derived from the one that declares it. An override is another member, and its row,
    /// if any, is its own: what a base type promises does not bind it.
    /// </summary>
    private static (ApiType Type, ApiRow Row)? FindInherited(MethodReference member)
    {
        // Constructors are not inherited; and resolving is worth its time only for names that occur in the table.
        if (member.Name == ".ctor" || !Names.Contains(member.Name))
        {
            return null;
        }

        try
        {
            return member.Resolve() is { } definition && definition.DeclaringType.FullName != member.DeclaringType.GetElementType().FullName
                ? FindDeclared(definition)
                : null;
        }
        catch (AssemblyResolutionException)
        {
            // Without the assembly the base type is not known, and an unknown member is checked in full.
            return null;
        }
    }

    private static ApiType? RowsOf(TypeReference declaring) => Of(declaring.GetElementType().FullName);

    private static ApiRow? Match(ApiType type, string member, string shape) => type.Rows.FirstOrDefault(r => r.Matches(member, shape));

    private static IEnumerable<ApiType> All() =>
    [
        .. UnsafeRows.Types,
        .. MemoryMarshalRows.Types,
        .. SpanRows.Types,
        .. ReferenceRows.Types,
        .. RangeRows.Types,
        .. MarshalRows.Types,
        .. NativeMemoryRows.Types,
        .. VectorRows.Types,
        .. IntrinsicsRows.Types,
        .. AtomicRows.Types,
        .. TextRows.Types,
        .. NativeIntegerRows.Types,
        .. HandleRows.Types,
        .. RuntimeRows.Types,
        .. InteropRows.Types,
        .. MarshallerRows.Types,
        .. ComRows.Types,
        .. MetadataRows.Types,
        .. ThreadingRows.Types,
        .. SystemHandleRows.Types,
        .. CryptographyRows.Types,
    ];
}
