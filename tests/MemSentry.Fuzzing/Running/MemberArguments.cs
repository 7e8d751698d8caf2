namespace MemSentry.Fuzzing.Running;

/// <summary>The arguments of a member, see <see cref="Generation.Tree.Member"/>.</summary>
internal readonly record struct MemberArguments(nint Near, nint Target, nint Table, int Index, long Distance);
