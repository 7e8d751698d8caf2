using Heartbleed.Attack;

namespace Heartbleed.Scenarios;

/// <summary>One run of the demo: a build of the server, where its key lies, and what the attacker gets.</summary>
internal abstract class Scenario
{
    /// <summary>The name that the demo shows.</summary>
    public abstract string Name { get; }

    /// <summary>The situation in one line.</summary>
    public abstract string Setting { get; }

    /// <summary>The build of the server.</summary>
    public virtual string Variant => "mpx";

    /// <summary>Where the server keeps its key: <c>region</c> or <c>ordinary</c>.</summary>
    public virtual string KeyPlace => "region";

    /// <summary>Variables for the server's process.</summary>
    public virtual IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>();

    /// <summary>Plays the run and tells the report what happened.</summary>
    public abstract void Play(Client client, VictimProcess victim, Secret secret, Report report);

    /// <summary>Tells the report of a server that did not start, or that did not do what was expected of it at all.</summary>
    public virtual void PlayRefusal(string why, Report report) => report.Fail(why);

    /// <summary>What an honest client sees: its payload again, and a tag under the right key.</summary>
    protected static bool HonestClientIsServed(Client client, Secret secret) =>
        client.Heartbeat("hello", 5).Body.AsSpan().SequenceEqual("hello"u8) && secret.Signed("an invoice", client.Sign("an invoice"));

    /// <summary>Whether a refusal names the region and the member of the server that was about to touch it.</summary>
    protected static bool Names(string refusal, string member) =>
        refusal.Contains("'signing key'", StringComparison.Ordinal) && refusal.Contains($"RecordHandler::{member}(", StringComparison.Ordinal);
}
