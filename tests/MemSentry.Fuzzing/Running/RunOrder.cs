namespace MemSentry.Fuzzing.Running;

/// <summary>What a runner has to do: a batch.</summary>
/// <param name="Unwoven">The unwoven assembly.</param>
/// <param name="Woven">The woven ones.</param>
/// <param name="Members">The members in them.</param>
/// <param name="First">The position of the first member to run: those before it have been.</param>
public sealed record RunOrder(string Unwoven, IReadOnlyList<WovenFile> Woven, IReadOnlyList<RunMember> Members, int First);
