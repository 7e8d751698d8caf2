using System.Reflection;
using System.Reflection.Emit;
using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Coverage;

/// <summary>Every opcode of ECMA-335 III has a row or a reason to have none.</summary>
public static class OpcodeCoverage
{
    /// <summary>The names of all opcodes that the framework knows, reserved prefixes left out.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. from field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
           let opcode = (OpCode)field.GetValue(null)!
           where opcode.OpCodeType != OpCodeType.Nternal
           orderby opcode.Name
           select opcode.Name,
    ];

    /// <summary>Opcodes with neither a row nor a reason.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<DeclaredRow> rows)
    {
        HashSet<string> covered = [.. rows.SelectMany(row => row.Opcodes)];
        return [.. All.Where(name => !covered.Contains(name) && ExemptOpcodes.ReasonFor(name) is null)];
    }
}
