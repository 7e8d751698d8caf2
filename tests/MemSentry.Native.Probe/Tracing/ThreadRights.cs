namespace MemSentry.Native.Probe.Tracing;

/// <summary>A thread of another process, and its key register.</summary>
/// <param name="Thread">Its number.</param>
/// <param name="Name">What it is called, for example <c>.NET BGC</c>.</param>
/// <param name="Register">PKRU.</param>
internal sealed record ThreadRights(int Thread, string Name, uint Register);
