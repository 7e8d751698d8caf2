using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>Heartbleed as it was.</summary>
internal sealed class Unprotected : Scenario
{
    public override string Name => "unprotected";

    public override string Setting => "not woven, the key in ordinary native memory";

    public override string Variant => "unwoven";

    public override string KeyPlace => "ordinary";

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        report.Expect(HonestClientIsServed(client, secret), "an honest heartbeat comes back, and the signature is right");

        Reply reply = client.Heartbeat("x", claimedLength: 8192);
        report.ExpectLeak(secret.IsIn(reply), $"a heartbeat of 1 byte that claims 8192: {reply.Body.Length} bytes come back, with the key {secret} in them");
    }
}
