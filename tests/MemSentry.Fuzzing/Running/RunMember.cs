namespace MemSentry.Fuzzing.Running;

/// <summary>One member to run.</summary>
/// <param name="Number">Its number in the batch.</param>
/// <param name="Scale">Bytes that one step of its index parameters moves.</param>
/// <param name="IsShort">Whether it can be given null.</param>
public sealed record RunMember(int Number, int Scale, bool IsShort);
