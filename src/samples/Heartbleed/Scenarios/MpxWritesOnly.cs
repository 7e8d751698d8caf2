using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>Half the checks protect half: with <c>rw=w</c> the key can be read, but not changed.</summary>
internal sealed class MpxWritesOnly : Scenario
{
    public override string Name => "mpx rw=w";

    public override string Setting => "woven with mpx, only stores checked, the key in a safe region";

    public override string Variant => "mpx-writes";

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        LeakedAddresses leak = client.ReadStatus();
        report.ExpectLeak(secret.IsIn(client.Resend(leak.Distance, 16)), $"rw=w does not stop the read: the resend brings the key {secret}");

        report.ExpectBlocked(client.Store(leak.Distance, value: 0).IsAlert, $"the store at the key's address, 0x{leak.Key:x}, brings an alert");

        string log = victim.ReadRefusal();
        report.Expect(Names(log, "Store"), $"the server's log names region and member: {log}");

        report.Expect(
            secret.IsIn(client.Resend(leak.Distance, 16)) && HonestClientIsServed(client, secret),
            "the key is unchanged: the same bytes are there, and the next honest client gets the right signature");
    }
}
