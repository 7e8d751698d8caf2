using Mono.Cecil;

namespace MemSentry.Analysis.Summaries;

/// <summary>One thing that is believed across calls: a parameter, or the result, lies near an address outside the block.</summary>
/// <param name="Method">Whose parameter or result it is.</param>
/// <param name="Parameter">The number of the parameter, without <c>this</c>; <see cref="Result"/> for the result.</param>
internal readonly record struct SummaryFact(MethodDefinition Method, int Parameter)
{
    /// <summary>Stands for the result.</summary>
    public const int Result = -1;
}
