using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;

namespace MemSentry.Analysis.Summaries;

/// <summary>
/// What could be believed across calls: pointer parameters of members that are entered from woven code of the module and nowhere else (<see cref="ClosedMembers"/>), and pointer
/// results of members whose body is known, whoever calls them.
/// </summary>
internal static class SummaryCandidates
{
    /// <summary>All that could be believed of a module.</summary>
    public static SummaryFacts Find(ModuleMembers members, Whitelist whitelist, CallTargets targets, WeaverOptions options)
    {
        bool applies = options.CarriesProofs(PlanningPass.Displacement, PlanningPass.Summaries);
        MethodDefinition[] woven = applies ? [.. members.Unsettled.Where(m => HasPointers(m) && m.HasInstructions() && !whitelist.Contains(m) && IsPlain(m))] : [];
        if (woven.Length == 0)
        {
            return SummaryFacts.None;
        }

        var closed = new ClosedMembers(members, whitelist, woven.ToHashSet());
        IEnumerable<SummaryFact> parameters = woven.Where(closed.Include).SelectMany(m => m.Parameters.Where(p => IsPointer(p.ParameterType)).Select(p => new SummaryFact(m, p.Index)));
        IEnumerable<SummaryFact> results = woven.Where(m => IsPointer(m.ReturnType) && closed.IsCalled(m)).Select(m => new SummaryFact(m, SummaryFact.Result));
        return new SummaryFacts(parameters.Concat(results), closed.Calls, targets);
    }

    /// <summary>Whether the woven assembly can say by a line of text whom it means.</summary>
    private static bool HasNameOfItsOwn(MethodDefinition method) => !method.FullName.Contains('\n', StringComparison.Ordinal)
        && method.DeclaringType.Methods.Count(m => m.Name == method.Name && m.Parameters.Count == method.Parameters.Count && m.FullName == method.FullName) == 1;

    private static bool HasPointers(MethodDefinition method) => IsPointer(method.ReturnType) || (method.HasParameters && method.Parameters.Any(p => IsPointer(p.ParameterType)));

    /// <summary>Native integers are lengths and handles more often than addresses.</summary>
    private static bool IsPointer(TypeReference type) => StackTypes.WithoutModifiers(type) is PointerType;

    /// <summary>
    /// Whether nothing runs between a call and the first instruction of the body, or between its <c>ret</c> and the caller's next instruction: no lock is taken, no static constructor runs
    /// (ECMA-335 I.8.9.5). And whether the body that a call runs is the one that it names, and native code does not call it.
    /// </summary>
    private static bool IsPlain(MethodDefinition method) =>
        method is { IsVirtual: false, IsConstructor: false, IsSynchronized: false, HasOverrides: false, ExplicitThis: false, CallingConvention: MethodCallingConvention.Default or MethodCallingConvention.Generic }
        && HasNameOfItsOwn(method) && !(method.HasCustomAttributes && method.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute"))
        && (method.DeclaringType.IsBeforeFieldInit || !method.DeclaringType.Methods.Any(m => m is { IsConstructor: true, IsStatic: true }));
}
