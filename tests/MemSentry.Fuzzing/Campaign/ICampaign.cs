namespace MemSentry.Fuzzing.Campaign;

/// <summary>What is tried, and how: all of it follows from the seed.</summary>
public interface ICampaign
{
    /// <summary>The seed.</summary>
    long Seed { get; }

    /// <summary>Members in a batch.</summary>
    int BatchSize { get; }

    /// <summary>What one member is called in reports.</summary>
    string Subject { get; }

    /// <summary>Starts a worker.</summary>
    /// <param name="root">A folder for all of them.</param>
    /// <param name="worker">Its number.</param>
    IWorker Start(string root, int worker);

    /// <summary>Makes what was found as small as it gets.</summary>
    /// <param name="discovery">A discovery of this campaign.</param>
    /// <param name="root">A folder to work in.</param>
    Kept Shrink(Discovery discovery, string root);
}
