using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Weaver.Inspection;

/// <summary>The sites of one assembly.</summary>
/// <param name="Assembly">Simple name of the assembly.</param>
/// <param name="Mvid">Identifies the very build that tokens and offsets belong to.</param>
/// <param name="Settings">The options, as the stamp of the woven assembly would have them.</param>
/// <param name="Sites">In order of token, offset and operand.</param>
public sealed record SiteReport(string Assembly, Guid Mvid, string Settings, IReadOnlyList<AccessSite> Sites)
{
    internal static SiteReport Of(ModuleDefinition module, ModulePlan plan, WeaverOptions options, DiagnosticList diagnostics)
    {
        IEnumerable<MemberPlan> members = plan.All.Concat(UnwovenMembers.Find(module, plan, options, diagnostics));
        AccessSite[] sites =
        [
            .. members.SelectMany(AccessSite.Of).OrderBy(s => s.Token).ThenBy(s => s.Offset).ThenBy(s => s.Operand).ThenBy(s => s.Kind),
        ];
        return new SiteReport(module.Assembly.Name.Name, module.Mvid, OptionCatalog.ToSettingsText(options), sites);
    }
}
