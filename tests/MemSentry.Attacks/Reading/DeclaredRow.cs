using MemSentry.Attacks.Building;
using MemSentry.Attacks.Contract;
using Mono.Cecil;

namespace MemSentry.Attacks.Reading;

/// <summary>A row as the metadata of a fixture assembly declares it; read without loading the assembly.</summary>
/// <param name="Method">The vulnerable member.</param>
/// <param name="Opcodes">The instructions the row claims to be about.</param>
/// <param name="Kind">As what the attack has to be blocked.</param>
/// <param name="IsSwallowed">Whether a violation does not leave the member: in an exception filter, or caught for native callers.</param>
/// <param name="SpansBlock">Whether the row makes a range that holds the whole block.</param>
/// <param name="NotBlockedUnder">The option under which the documents give it up, if any.</param>
/// <param name="Api">The row of the access table's APIs that it claims to attack, if any.</param>
/// <param name="NeedsThreads">Whether it runs on other threads, too.</param>
public sealed record DeclaredRow(
    MethodDefinition Method, IReadOnlyList<string> Opcodes, SafeRegionViolationKind Kind, bool IsSwallowed, bool SpansBlock, string? NotBlockedUnder, string? Api, bool NeedsThreads)
{
    private static readonly Dictionary<string, SafeRegionViolationKind> Kinds =
        Enum.GetValues<SafeRegionViolationKind>().ToDictionary(kind => $"{kind}AttackAttribute");

    /// <summary>Type and member, for example <c>IndirectLoads.LdindI4ThroughPointer</c>.</summary>
    public string Name => $"{Method.DeclaringType.Name}.{Method.Name}";

    /// <summary>Whether the attack writes; otherwise it reads.</summary>
    public bool Writes => Method.ReturnType.MetadataType == MetadataType.Void;

    /// <summary>All rows of the fixtures in a folder.</summary>
    public static IReadOnlyList<DeclaredRow> In(string folder) =>
        [.. OfAssembly(Path.Combine(folder, IlFixtures.FileName)), .. OfAssembly(Path.Combine(folder, CSharpFixtures.FileName))];

    private static IEnumerable<DeclaredRow> OfAssembly(string path) =>
        from type in ModuleDefinition.ReadModule(path, new ReaderParameters { InMemory = true }).Types
        where type.Namespace == "MemSentry.Attacks.Fixtures"
        from method in type.Methods
        from attribute in method.CustomAttributes
        where Kinds.ContainsKey(attribute.AttributeType.Name)
        select new DeclaredRow(
            method,
            ((string)attribute.ConstructorArguments[0].Value).Split(' '),
            Kinds[attribute.AttributeType.Name],
            Has(attribute, nameof(AttackAttribute.InFilter)) || Has(attribute, nameof(AttackAttribute.IsCaught)),
            Has(attribute, nameof(AttackAttribute.SpansBlock)),
            Text(attribute, nameof(AttackAttribute.NotBlockedUnder)),
            Text(attribute, nameof(AttackAttribute.Api)),
            Has(attribute, nameof(AttackAttribute.NeedsThreads)));

    private static bool Has(CustomAttribute attribute, string property) =>
        attribute.Properties.Any(p => p.Name == property && (bool)p.Argument.Value);

    private static string? Text(CustomAttribute attribute, string property) =>
        (string?)attribute.Properties.FirstOrDefault(p => p.Name == property).Argument.Value;
}
