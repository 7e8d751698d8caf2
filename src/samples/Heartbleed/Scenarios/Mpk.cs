namespace Heartbleed.Scenarios;

/// <summary>The key on pages of a protection key, which its own members open for their thread. Where the processor has no such keys, the server does not start.</summary>
internal sealed class Mpk : ClosedDomain
{
    private const string NoKeys = "MS7021";

    public override string Name => "mpk";

    public override string Setting => "woven with mpk, no access checked, the key on pages that only its own members open, for their thread";

    public override void PlayRefusal(string why, Report report)
    {
        bool isForKeys = why.Contains(NoKeys, StringComparison.Ordinal);
        report.Expect(isForKeys, isForKeys ? $"this machine has no protection keys, and the server does not start without: {FirstClause(why)}" : why);
    }

    private static string FirstClause(string why) => why.Split("; ", 2)[0];
}
