namespace Heartbleed;

/// <summary>
/// Prints what happened and remembers whether it was what the demo promises. Colour comes from <see cref="Console"/>, which leaves it
/// out when the output is redirected or <c>NO_COLOR</c> is set.
/// </summary>
internal sealed class Report
{
    /// <summary>Whether every step of the current run went as promised.</summary>
    public bool AsPromised { get; private set; }

    /// <summary>Begins a run.</summary>
    public void Begin(string name, string setting)
    {
        AsPromised = true;
        Write(ConsoleColor.Cyan, name);
        Console.WriteLine($": {setting}");
    }

    /// <summary>A step that shows that ordinary work goes on.</summary>
    public void Expect(bool happened, string what) => Step(happened, ConsoleColor.Gray, "ok", what);

    /// <summary>A step in which the attacker wins, as he does without protection.</summary>
    public void ExpectLeak(bool happened, string what) => Step(happened, ConsoleColor.Red, "attack works", what);

    /// <summary>A step in which the attacker is stopped.</summary>
    public void ExpectBlocked(bool happened, string what) => Step(happened, ConsoleColor.Green, "blocked", what);

    /// <summary>The run could not be played.</summary>
    public void Fail(string why) => Step(happened: false, ConsoleColor.Gray, "", why);

    private void Step(bool happened, ConsoleColor colour, string verdict, string what)
    {
        AsPromised &= happened;
        Write(happened ? colour : ConsoleColor.Yellow, $"  {(happened ? verdict : "NOT SO"),-13}");
        Console.WriteLine(what);
    }

    private static void Write(ConsoleColor colour, string text)
    {
        Console.ForegroundColor = colour;
        Console.Write(text);
        Console.ResetColor();
    }
}
