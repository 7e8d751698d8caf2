using MemSentry.AccessTable;
using MemSentry.Attacks.Coverage;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Attacks.Reading;

/// <summary>Checks that a row really uses the framework member whose row of the access table it claims to attack.</summary>
public static class ApiClaim
{
    /// <summary>Whether some body that the row runs names a member, or field, to which that row of the table applies.</summary>
    public static bool Holds(DeclaredRow row) =>
        row.Api is null || ReachableBodies.From(row.Method).SelectMany(body => body.Instructions).Any(i => NameOf(i) == row.Api);

    private static string? NameOf(Instruction instruction) => ContractOf(instruction) is { } contract ? ApiCoverage.NameOf(contract.Type, contract.Row) : null;

    private static ApiContract? ContractOf(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => ApiTable.Find(method),
        FieldReference field => ApiTable.Find(field),
        _ => null,
    };
}
