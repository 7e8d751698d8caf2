using Mono.Cecil;

namespace MemSentry.Analysis.Trust;

/// <summary>
/// Finds the lambdas, local functions and state machines that were written inside whitelisted members. The compiler moves them into members of
/// their own, without the attribute. They are found by the references to them, never by their names:
/// <list type="bullet">
/// <item>a state machine is named by an attribute of the member it came from;</item>
/// <item>any other compiler-generated member belongs to the whitelist if every reference to it comes from there (greatest fixed point, so
/// that local functions that call each other count). One reference from outside is enough to keep it out: it could not be told from a
/// back door.</item>
/// </list>
/// </summary>
internal static class CompilerGeneratedMembers
{
    private const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";

    private static readonly string[] StateMachineAttributes =
    [
        "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
        "System.Runtime.CompilerServices.IteratorStateMachineAttribute",
        "System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute",
    ];

    /// <summary>The members to add to a whitelist, each with the whitelisted members that it was written inside of.</summary>
    public static IReadOnlyDictionary<MethodDefinition, IReadOnlySet<MethodDefinition>> WrittenInside(ModuleDefinition module, IReadOnlySet<MethodDefinition> whitelisted)
    {
        if (whitelisted.Count == 0)
        {
            return new Dictionary<MethodDefinition, IReadOnlySet<MethodDefinition>>();
        }

        Dictionary<MethodDefinition, HashSet<MethodDefinition>> referrers = Referrers(module);
        var inside = new HashSet<MethodDefinition>(referrers.Keys.Where(m => !whitelisted.Contains(m)));
        var machines = new Dictionary<MethodDefinition, MethodDefinition>();
        foreach (MethodDefinition origin in module.GetTypes().SelectMany(t => t.Methods))
        {
            foreach (MethodDefinition member in StateMachineOf(origin)?.Methods ?? [])
            {
                machines[member] = origin;
                inside.Add(member);
            }
        }

        // Assume all of them, then take out what is reached from elsewhere until nothing changes.
        while (inside.RemoveWhere(m => !IsInside(m)) > 0)
        {
        }

        return inside.ToDictionary(m => m, m => OriginsOf(m));

        bool IsInside(MethodDefinition member)
        {
            if (machines.TryGetValue(member, out MethodDefinition? origin))
            {
                return Trusted(origin);
            }

            HashSet<MethodDefinition> from = referrers[member];
            return from.Any(r => r != member) && from.All(Trusted) && OriginsOf(member).Count > 0;
        }

        bool Trusted(MethodDefinition member) => whitelisted.Contains(member) || inside.Contains(member);

        // A ring of generated members that only name each other has none: it is dead code, not whitelisted code.
        IReadOnlySet<MethodDefinition> OriginsOf(MethodDefinition member)
        {
            var origins = new HashSet<MethodDefinition>();
            var seen = new HashSet<MethodDefinition>();
            var pending = new Stack<MethodDefinition>([member]);
            while (pending.TryPop(out MethodDefinition? next))
            {
                if (whitelisted.Contains(next))
                {
                    origins.Add(next);
                }
                else if (seen.Add(next))
                {
                    IEnumerable<MethodDefinition> from = machines.TryGetValue(next, out MethodDefinition? origin) ? [origin] : referrers.GetValueOrDefault(next) ?? [];
                    foreach (MethodDefinition referrer in from)
                    {
                        pending.Push(referrer);
                    }
                }
            }

            return origins;
        }
    }

    private static Dictionary<MethodDefinition, HashSet<MethodDefinition>> Referrers(ModuleDefinition module)
    {
        var referrers = new Dictionary<MethodDefinition, HashSet<MethodDefinition>>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            foreach (Mono.Cecil.Cil.Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is MethodReference reference && reference.DeclaringType.Scope == module && reference.Resolve() is { } target && IsCandidate(target))
                {
                    if (!referrers.TryGetValue(target, out HashSet<MethodDefinition>? from))
                    {
                        referrers.Add(target, from = []);
                    }

                    from.Add(method);
                }
            }
        }

        return referrers;
    }

    /// <summary>Written by the compiler, and not reachable from other assemblies, whose references nobody sees, or through a base type.</summary>
    private static bool IsCandidate(MethodDefinition method) =>
        !method.IsVirtual && !method.IsConstructor && !method.IsSpecialName && !IsVisibleOutside(method)
        && (IsGenerated(method) || Enclosing(method.DeclaringType).Any(IsGenerated));

    /// <summary>
    /// A record's Deconstruct, for example, is generated and public. Lambdas and local functions are private or internal, or lie in a private
    /// class; friend assemblies cannot name them.
    /// </summary>
    private static bool IsVisibleOutside(MethodDefinition method)
    {
        bool visible = method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
        for (TypeDefinition? type = method.DeclaringType; visible && type is not null; type = type.DeclaringType)
        {
            visible = type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly;
        }

        return visible;
    }

    private static IEnumerable<TypeDefinition> Enclosing(TypeDefinition? type)
    {
        for (; type is { IsNested: true }; type = type.DeclaringType)
        {
            yield return type;
        }
    }

    private static bool IsGenerated(ICustomAttributeProvider member) => member.CustomAttributes.Any(a => a.AttributeType.FullName == CompilerGenerated);

    private static TypeDefinition? StateMachineOf(MethodDefinition method)
    {
        CustomAttribute? attribute = method.CustomAttributes.FirstOrDefault(a => StateMachineAttributes.Contains(a.AttributeType.FullName));
        return attribute?.ConstructorArguments[0].Value is TypeReference machine && machine.Resolve() is { } type && type.Module == method.Module && IsGenerated(type) ? type : null;
    }
}
