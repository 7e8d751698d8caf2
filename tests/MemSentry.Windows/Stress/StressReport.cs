using System.Globalization;

namespace MemSentry.Windows.Stress;

/// <summary>What one run of the stress counted.</summary>
internal sealed class StressReport(ProgramResult result)
{
    private readonly Dictionary<string, double> _counts = result.Output.Split('\n')
        .Select(line => line.Split(' ')).Where(words => words.Length == 2 && double.TryParse(words[1], CultureInfo.InvariantCulture, out _))
        .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));

    /// <summary>Whether it came to its end. A false fault kills the program.</summary>
    public bool IsComplete => _counts.ContainsKey("corruptions");

    /// <summary>Leaks that the watchdog has told of one by one, also when the program did not come to its end.</summary>
    public int LeaksSeen => result.Output.Split('\n').Count(line => line.StartsWith("OPEN", StringComparison.Ordinal));

    /// <summary>A count; zero if it was not printed.</summary>
    public double this[string name] => _counts.GetValueOrDefault(name);

    /// <summary>False faults, leaks and corruptions together.</summary>
    public double Faults => IsComplete ? this["leaks"] + this["corruptions"] : 1;

    /// <summary>Its lines, but for the single leaks.</summary>
    public string Text => string.Join('\n', result.Output.Split('\n').Where(line => !line.StartsWith("OPEN", StringComparison.Ordinal)).Append(IsComplete ? "" : result.Errors)).TrimEnd();
}
