using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>The same server with the key in a closed domain: nobody looks at the read, and the processor ends it, and the server with it.</summary>
internal abstract class ClosedDomain : Scenario
{
    public override string Variant => Name;

    public sealed override void Play(Client client, VictimProcess victim, Secret secret, Report report)
    {
        report.Expect(HonestClientIsServed(client, secret), "an honest heartbeat comes back, and the signature is right");

        LeakedAddresses leak = client.ReadStatus();
        bool answered = true;
        try
        {
            client.Resend(leak.Distance, 16);
        }
        catch (IOException)
        {
            answered = false;
        }

        report.ExpectBlocked(!answered, $"the resend from the key's address, 0x{leak.Key:x}, brings nothing: the server ends");

        string lastWords = victim.ReadLastWords();
        report.Expect(
            lastWords.Contains("MS7102", StringComparison.Ordinal) && lastWords.Contains("'signing key'", StringComparison.Ordinal),
            $"its last words name the region: {lastWords}");
    }
}
