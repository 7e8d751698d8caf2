using System.Globalization;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// The end of a woven module's settings, which no option says: the domains for which its gates call stubs, so that the runtime makes them before the first gate runs.
/// </summary>
public static class GateList
{
    private const string Setting = ";Gates=";

    /// <summary><c>;Gates=-1756371713,17</c>; empty if the module calls no stub.</summary>
    public static string Of(IEnumerable<WindowPlan> plans)
    {
        int[] numbers = [.. plans.Where(p => p.HasKey).Select(p => p.Target.Number).Distinct().Order()];
        return numbers.Length == 0 ? "" : Setting + string.Join(',', numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>What the options alone say of a module's settings.</summary>
    public static string Without(string settings) => settings.Split(Setting)[0];
}
