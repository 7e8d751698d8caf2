using System.Reflection;
using MemSentry.Attacks.Contract;

namespace MemSentry.Attacks.Running;

/// <summary>One row of the matrix: a vulnerable member and its whitelisted twin.</summary>
/// <param name="Vulnerable">The member that is attacked.</param>
/// <param name="Whitelisted">The same member with <c>[SafeRegionAccess]</c>.</param>
/// <param name="Attack">What the member declares about itself.</param>
public sealed record AttackRow(MethodInfo Vulnerable, MethodInfo Whitelisted, AttackAttribute Attack)
{
    /// <summary>Type and member, for example <c>IndirectLoads.LdindI4ThroughPointer</c>.</summary>
    public string Name => $"{Vulnerable.DeclaringType!.Name}.{Vulnerable.Name}";

    /// <summary>Whether the attack writes; otherwise it reads.</summary>
    public bool Writes => Vulnerable.ReturnType == typeof(void);

    /// <summary>Whether the process may end where the attack is blocked: only opcodes are masked, calls of the framework are compared.</summary>
    /// <param name="faults">The kinds of accesses that are masked.</param>
    public bool MayFault(IReadOnlyList<SafeRegionViolationKind> faults) => Attack.Api is null && faults.Contains(Attack.Kind);

    /// <summary>The rows of an assembly whose name contains <paramref name="filter"/>, in order of metadata.</summary>
    /// <exception cref="InvalidOperationException">A marked member has no whitelisted twin or not the shape of a row.</exception>
    public static IEnumerable<AttackRow> In(Assembly assembly, string filter) =>
        from type in assembly.GetTypes()
        where type.Namespace == "MemSentry.Attacks.Fixtures"
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where $"{type.Name}.{method.Name}".Contains(filter, StringComparison.Ordinal)
        let attack = method.GetCustomAttribute<AttackAttribute>()
        where attack is not null
        select new AttackRow(method, Twin(assembly, method), attack);

    private static MethodInfo Twin(Assembly assembly, MethodInfo method) =>
        assembly.GetType("MemSentry.Attacks.Whitelisted." + method.DeclaringType!.Name)?.GetMethod(method.Name)
        ?? throw new InvalidOperationException($"{method.DeclaringType.Name}.{method.Name} has no whitelisted copy.");
}
