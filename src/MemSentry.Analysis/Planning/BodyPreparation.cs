using MemSentry.Analysis.Accessors;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Reloads;

namespace MemSentry.Analysis.Planning;

/// <summary>What happens to bodies before they are planned: they do the same afterwards, with less to check.</summary>
public static class BodyPreparation
{
    /// <summary>Prepares all members.</summary>
    /// <param name="members">The module's members, with offsets that are right.</param>
    /// <param name="options">The user's choices.</param>
    /// <returns>How many calls and loads gave way, for each pass that lets them.</returns>
    public static IReadOnlyDictionary<PlanningPass, int> Apply(ModuleMembers members, WeaverOptions options) => new Dictionary<PlanningPass, int>
    {
        [PlanningPass.Accessors] = AccessorCalls.Replace(members, options) + GetterCalls.Replace(members, options),
        [PlanningPass.Reloads] = RepeatedLoads.Replace(members, options),
    };
}
