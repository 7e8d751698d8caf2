using System.Globalization;

namespace MemSentry.Fuzzing.Campaign;

/// <summary>What a campaign says.</summary>
public static class Report
{
    /// <summary>Its lines; what was found comes first.</summary>
    public static IEnumerable<string> Lines(ICampaign campaign, Tally tally)
    {
        foreach (Discovery discovery in tally.Discoveries)
            yield return discovery.ToString();
        foreach ((string reason, int count) in tally.Reasons)
            yield return Text($"refused {count}: {reason}");
        yield return Text($"seed {campaign.Seed}: {tally.Members} {campaign.Subject}s, {tally.Divergences} divergences, {tally.Escapes} escapes; {tally.Refused} refused ({tally.RefusedShare:P1}), {tally.Broken.Count} of no use");
        if (tally.Broken.Count > 0)
            yield return Text($"of no use, because they end the process unwoven: {string.Join(", ", tally.Broken)}");
        yield return tally.Gates > 0 ? Text($"woven, they call {tally.Gates} gates, and {tally.Looks} looks are taken") : Text($"unwoven, {tally.Reached} of them get at a safe region");
        foreach ((string way, int count) in tally.Ways)
            yield return Text($"  {way}: {count}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
