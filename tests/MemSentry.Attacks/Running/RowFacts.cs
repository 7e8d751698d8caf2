namespace MemSentry.Attacks.Running;

/// <summary>What was observed about one row in one process; the judgement is made elsewhere, from two of these.</summary>
/// <param name="Row">The row's name.</param>
/// <param name="Attack">With the leaked address of the safe region.</param>
/// <param name="Ordinary">On ordinary memory with the same pattern.</param>
/// <param name="Zero">On ordinary memory full of zeros: shows that the result depends on what is read.</param>
/// <param name="Null">With the address zero; null if that would kill the process.</param>
/// <param name="Whitelisted">The whitelisted twin, on the region.</param>
public sealed record RowFacts(string Row, Outcome Attack, Outcome Ordinary, Outcome Zero, Outcome? Null, Outcome Whitelisted);
