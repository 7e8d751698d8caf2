using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Held;

/// <summary>
/// Variables that are made new right behind a call, once for all that becomes of them up to the next one, instead of at each of their checks.
/// </summary>
internal sealed class RenewedVariables
{
    private readonly IReadOnlyDictionary<Instruction, int[]> _behind;

    /// <param name="behind">The variables, by the instruction that ends proofs.</param>
    public RenewedVariables(IReadOnlyDictionary<Instruction, int[]> behind) => _behind = behind;

    /// <summary>No variables.</summary>
    public static RenewedVariables None { get; } = new(new Dictionary<Instruction, int[]>());

    /// <summary>The instructions behind which variables are made new.</summary>
    public IEnumerable<Instruction> Calls => _behind.Keys;

    /// <summary>The variables that are made new behind an instruction; no other code comes in between, and no jump leads there.</summary>
    public int[] Behind(Instruction instruction) => _behind.TryGetValue(instruction, out int[]? variables) ? variables : [];
}
