namespace MemSentry.Attacks.Running;

/// <summary>Memory that a row is pointed at: how to prepare it and how to look at it.</summary>
/// <param name="Address">What the member is given.</param>
/// <param name="Fill">Writes the bytes before the call.</param>
/// <param name="Read">Reads them after the call.</param>
public sealed record Target(nint Address, Action<byte[]> Fill, Action<byte[]> Read);
