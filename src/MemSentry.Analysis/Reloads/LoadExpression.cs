using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Reloads;

/// <summary>
/// How a value was computed, out of variables, constants and loads: <c>ldarg.0; ldfld B; ldfld Next</c>. Two expressions that are equal have the same value, as long as none of their
/// variables is assigned, and nothing is stored to memory, between the one and the other.
/// </summary>
/// <param name="Operation">What was done last; <see cref="Code.Ldloc"/> for any variable, <see cref="Code.Ldc_I4"/> for any constant.</param>
/// <param name="Operand">The field, type, constant or number of the variable.</param>
/// <param name="First">What it was done to; null if to nothing.</param>
/// <param name="Second">What else it was done to; null if to nothing else.</param>
internal sealed record LoadExpression(Code Operation, object? Operand, LoadExpression? First = null, LoadExpression? Second = null)
{
    /// <summary>Longer ones are not followed: to compare them would take long, too.</summary>
    private const int MostOperations = 16;

    private readonly int _operations = 1 + (First?._operations ?? 0) + (Second?._operations ?? 0);

    /// <summary>Whether it is short enough.</summary>
    public bool IsShort => _operations <= MostOperations;

    /// <summary>Whether it has a variable in it.</summary>
    public bool Uses(int variable) => (Operation == Code.Ldloc && variable.Equals(Operand)) || First?.Uses(variable) == true || Second?.Uses(variable) == true;
}
