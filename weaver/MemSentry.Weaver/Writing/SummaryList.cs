using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MemSentry.Analysis.Summaries;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// The text that says what members believe across calls, for the verifier, which proves it anew: one fact per line, sorted.
/// <code>
/// MemSentry summaries 1
/// parameter 0 of System.Void App.Codec::Clear(System.Byte*,System.Int32)
/// result of System.Byte* App.Codec::Skip(System.Byte*)
/// </code>
/// </summary>
internal static class SummaryList
{
    /// <summary>Puts the list into a module in which something is believed.</summary>
    public static void Put(ModuleDefinition module, ImmutableArray<MemberSummary> summaries)
    {
        if (summaries.IsEmpty)
            return;

        var text = new StringBuilder("MemSentry summaries 1\n");
        foreach (string line in summaries.SelectMany(LinesOf).Order(StringComparer.Ordinal))
            text.Append(line).Append('\n');

        module.Resources.Add(new EmbeddedResource(RuntimeContract.SummaryResource, ManifestResourceAttributes.Private, Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<string> LinesOf(MemberSummary summary)
    {
        string member = MemberSignature.WithReturnType(summary.Method);
        return summary.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $"parameter {p} of {member}")).Concat(summary.Result ? [$"result of {member}"] : []);
    }
}
