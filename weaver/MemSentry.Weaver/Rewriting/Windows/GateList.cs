using System.Globalization;
using MemSentry.Analysis.Windows;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>Tells the runtime for which domains a module calls stubs, so that they are there before the first gate is.</summary>
internal static class GateList
{
    /// <summary>The end of the settings, <c>;Gates=-1756371713,17</c>; empty if the module calls none.</summary>
    public static string Of(IEnumerable<WindowPlan> plans)
    {
        int[] numbers = [.. plans.Where(p => p.HasKey).Select(p => p.Target.Number).Distinct().Order()];
        return numbers.Length == 0 ? "" : ";Gates=" + string.Join(',', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
    }
}
