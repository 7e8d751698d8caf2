namespace MemSentry.Robustness.Campaign;

/// <summary>What a campaign found.</summary>
/// <param name="Wrong">What went wrong, in the order of the inputs.</param>
/// <param name="Inputs">How many there were.</param>
/// <param name="Woven">How many of them could be woven all the same.</param>
/// <param name="Proven">How many of those the verifier accepted.</param>
internal sealed record CampaignResult(IReadOnlyList<string> Wrong, int Inputs, int Woven, int Proven);
