using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>A place that is hard to guess is no protection: one printed pointer, and the key is gone.</summary>
internal sealed class Hidden : Scenario
{
    public override string Name => "hidden";

    public override string Setting => "not woven, the key in a safe region that nothing guards (MEMSENTRY_FALLBACK=unprotected)";

    public override string Variant => "unwoven";

    public override IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["MEMSENTRY_FALLBACK"] = "unprotected" };

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        report.Expect(!secret.IsIn(client.Heartbeat("x", claimedLength: 8192)), "the over-read finds no key: it lies far away");

        LeakedAddresses leak = client.ReadStatus();
        report.ExpectLeak(
            secret.IsIn(client.Resend(leak.Distance, 16)),
            $"the status line prints its address, 0x{leak.Key:x}; a resend from that offset brings the key {secret}");

        client.Store(leak.Distance, value: 0);
        report.ExpectLeak(!secret.Signed("an invoice", client.Sign("an invoice")), "a store at the same offset overwrites the key: signatures are wrong now");
    }
}
