using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>The same server with the key on closed pages: nobody looks at the read, and the processor ends it, and the server with it.</summary>
internal sealed class Mprotect : Scenario
{
    public override string Name => "mprotect";

    public override string Setting => "woven with mprotect, no access checked, the key on pages that only its own members open";

    public override string Variant => "mprotect";

    public override void Play(Client client, VictimProcess victim, Secret secret, Report report)
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
