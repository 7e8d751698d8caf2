using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>The same server, woven: the same wild read is blocked, and the server lives on.</summary>
internal sealed class Mpx : Scenario
{
    public override string Name => "mpx";

    public override string Setting => "woven with mpx, loads and stores checked, the key in a safe region";

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        report.Expect(HonestClientIsServed(client, secret), "an honest heartbeat comes back, and the signature is right");

        LeakedAddresses leak = client.ReadStatus();
        Reply reply = client.Resend(leak.Distance, 16);
        report.ExpectBlocked(reply.IsAlert && !secret.IsIn(reply), $"the resend from the key's address, 0x{leak.Key:x}, brings an alert and no key");

        string log = victim.ReadRefusal();
        report.Expect(Names(log, "Resend"), $"the server's log names region and member: {log}");

        report.Expect(HonestClientIsServed(client, secret), "the next honest client is served");
    }
}
