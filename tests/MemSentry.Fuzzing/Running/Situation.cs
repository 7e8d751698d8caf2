namespace MemSentry.Fuzzing.Running;

/// <summary>What a member is called with.</summary>
/// <param name="Name">As reports show it.</param>
/// <param name="IsPoisoned">Whether a pointer can get at a region; then it is run with both secrets.</param>
/// <param name="UnwovenSurvives">Whether an unwoven member that does get there lives on: then it shows that it does.</param>
/// <param name="NeedsBoth">Whether only code that checks loads and stores can be run: what else does harm to the runner.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="TableContent">What is in the table.</param>
/// <param name="MoreDecoys">Decoys that matter besides those that always do.</param>
/// <param name="MoreSecrets">Memory inside the block that is to be as inaccessible as the region.</param>
internal sealed record Situation(
    string Name, bool IsPoisoned, bool UnwovenSurvives, bool NeedsBoth, MemberArguments Arguments, byte[] TableContent, IReadOnlyList<Window> MoreDecoys, IReadOnlyList<Window> MoreSecrets);
