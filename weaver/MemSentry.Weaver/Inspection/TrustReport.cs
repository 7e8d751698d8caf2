using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Weaver.Inspection;

/// <summary>Whom a weave of one assembly would trust.</summary>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="Mvid">Identifies the very build that tokens and offsets belong to.</param>
/// <param name="Settings">The options, as the stamp of the woven assembly would have them.</param>
/// <param name="Members">Whitelisted members in order of token.</param>
/// <param name="MarkedAccesses">Accesses of other members that a marker call allows, in order of token and offset.</param>
public sealed record TrustReport(
    string Assembly, Guid Mvid, string Settings, IReadOnlyList<TrustedMember> Members, IReadOnlyList<AccessSite> MarkedAccesses)
{
    internal static TrustReport Of(ModuleDefinition module, ModulePlan plan, WeaverOptions options)
    {
        ILookup<MethodDefinition, CallSite> callers = WhitelistCallers.Find(module, plan.Whitelist);
        TrustedMember[] members = [.. plan.Whitelist.Select(m => Describe(m, [.. callers[m]])).OrderBy(m => m.Token)];
        AccessSite[] marked =
        [
            .. plan.All.SelectMany(AccessSite.Of).Where(s => s.Decision == AccessVerdict.Trusted)
                .OrderBy(s => s.Token).ThenBy(s => s.Offset).ThenBy(s => s.Operand),
        ];
        return new TrustReport(module.Assembly.Name.Name, module.Mvid, OptionCatalog.ToSettingsText(options), members, marked);
    }

    private static TrustedMember Describe(MethodDefinition method, IReadOnlyList<CallSite> callers) => new(
        method.MetadataToken.ToUInt32(),
        MemberSignature.WithReturnType(method),
        method.HasInstructions() ? method.Body.CodeSize : 0,
        IsVisibleOutside(method),
        callers);

    /// <summary>A virtual member may be called through a slot that others see, whatever its own accessibility.</summary>
    private static bool IsVisibleOutside(MethodDefinition method)
    {
        bool member = method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly || method.IsVirtual;
        for (TypeDefinition? type = method.DeclaringType; member && type is not null && !method.IsVirtual; type = type.DeclaringType)
            member = type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly;

        return member;
    }
}
