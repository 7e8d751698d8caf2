namespace TokenService.Server.Monitoring;

/// <summary>What the service has done since it started. Thread-safe.</summary>
internal sealed class ServiceMetrics(Protection protection)
{
    private long _signed;
    private long _verified;
    private long _violations;

    /// <summary>Tokens made.</summary>
    public long Signed => Interlocked.Read(ref _signed);

    /// <summary>Tokens looked at with the key, good or not.</summary>
    public long Verified => Interlocked.Read(ref _verified);

    /// <summary>Accesses to a safe region that were blocked, and that the service survived.</summary>
    public long Violations => Interlocked.Read(ref _violations);

    /// <summary>Windows that requests have opened: one each, where the method opens any.</summary>
    public long Windows => protection.OpensWindows ? Signed + Verified : 0;

    public void CountSigned() => Interlocked.Increment(ref _signed);

    public void CountVerified() => Interlocked.Increment(ref _verified);

    public void CountViolation() => Interlocked.Increment(ref _violations);
}
