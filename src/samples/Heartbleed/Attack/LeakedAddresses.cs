namespace Heartbleed.Attack;

/// <summary>What the server's status line gave away.</summary>
internal sealed record LeakedAddresses(long Record, long Key)
{
    /// <summary>How far the key lies from the record, in bytes: the offset that the attacker sends.</summary>
    public long Distance => Key - Record;
}
