using MemSentry.Mutants.Sites;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds;

/// <summary>The runtime checks something, but not what crosses the border.</summary>
public sealed class BorderCheckWeakened : IMemberMutationKind
{
    /// <inheritdoc/>
    public string Name => "border-check-weakened";

    /// <inheritdoc/>
    public IEnumerable<MemberMutation> MutationsOf(MethodDefinition member) => BorderSite.In(member).SelectMany(s => s.Measures ? Measuring(s) : Looking(s));

    private static MemberMutation[] Measuring(BorderSite site) =>
    [
        new(site, "other address", body => MutableBody.Become(site[0], OpCodes.Ldloc, body.AddNumber())),
        new(site, "other count", _ => MutableBody.Become(site.Count, OpCodes.Ldc_I4_0)),
        new(site, "other size", _ => MutableBody.Become(site.ElementSize, OpCodes.Ldc_I4_0)),
    ];

    private static MemberMutation[] Looking(BorderSite site) =>
    [
        new(site, "other value", body => MutableBody.Become(site[0], site.Dereferences ? OpCodes.Ldloca : OpCodes.Ldloc, body.AddLocal(Checked(site)))),
    ];

    private static TypeReference Checked(BorderSite site)
    {
        TypeReference argument = ((GenericInstanceMethod)site.Check).GenericArguments[0];
        if (site.Check.Parameters[0].ParameterType is not GenericInstanceType declared)
            return argument;

        var type = new GenericInstanceType(declared.ElementType);
        type.GenericArguments.Add(argument);
        return type;
    }
}
