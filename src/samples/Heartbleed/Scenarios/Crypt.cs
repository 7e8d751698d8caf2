using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>The same server with the key encrypted: the read is answered, with ciphertext, and a store is found out when the key is needed next.</summary>
internal sealed class Crypt : Scenario
{
    public override string Name => "crypt";

    public override string Setting => "woven with crypt, no access checked, the key decrypted only where its own members use it";

    public override string Variant => "crypt";

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        report.Expect(HonestClientIsServed(client, secret), "an honest heartbeat comes back, and the signature is right");

        LeakedAddresses leak = client.ReadStatus();
        Reply first = client.Resend(leak.Distance, 16);
        bool isServed = HonestClientIsServed(client, secret);
        Reply second = client.Resend(leak.Distance, 16);
        report.ExpectBlocked(
            !secret.IsIn(first) && !secret.IsIn(second) && !first.Body.AsSpan().SequenceEqual(second.Body),
            $"the resend from the key's address, 0x{leak.Key:x}, brings {Convert.ToHexStringLower(first.Body.AsSpan(0, 4))}… and after a signature {Convert.ToHexStringLower(second.Body.AsSpan(0, 4))}…, never the key");
        report.Expect(isServed, "the server goes on, and signs with the right key");

        client.Store(leak.Distance, value: 0);
        bool answered = true;
        try
        {
            client.Sign("an invoice");
        }
        catch (IOException)
        {
            answered = false;
        }

        report.ExpectBlocked(!answered, "a store there changes the ciphertext: the next signature ends the server before it is made");

        string lastWords = victim.ReadLastWords();
        report.Expect(
            lastWords.Contains("MS7110", StringComparison.Ordinal) && lastWords.Contains("'signing key'", StringComparison.Ordinal),
            $"its last words name the region: {lastWords}");
    }
}
