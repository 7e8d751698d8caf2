using MemSentry.AccessTable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// Static fields that lie in the image itself (ECMA-335 II.16.3.1). Cecil copies their data into the section of the code, which is mapped without write
/// access, and only as much as the metadata say of the field's size: whoever writes such a field would die, and what has no size would be lost. Data that
/// compilers put there for constants is never written.
/// </summary>
internal static class MappedFields
{
    private const string CompilerData = "<PrivateImplementationDetails";

    /// <summary>Reports the fields that would not survive, each once.</summary>
    public static void Report(ModuleMembers members, DiagnosticList diagnostics)
    {
        HashSet<FieldDefinition> mapped = [.. members.Module.GetTypes().SelectMany(t => t.Fields).Where(f => f.Attributes.HasFlag(FieldAttributes.HasFieldRVA))];
        if (mapped.Count == 0)
            return;

        // Of a field without a size Cecil finds no data, and forgets that there is any.
        foreach (FieldDefinition field in mapped.Where(f => f.InitialValue.Length == 0))
            diagnostics.Add(Refusal($"The data of the mapped field {field.DeclaringType.FullName}::{field.Name} would be lost, because the metadata do not say how long it is", null));

        foreach (MethodDefinition method in members.Unsettled)
        {
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is FieldReference field && Written(instruction, field, mapped) is { } written && mapped.Remove(written))
                {
                    diagnostics.Add(Refusal(
                        $"{method.DeclaringType.FullName}::{method.Name} writes the mapped field {field.DeclaringType.FullName}::{field.Name}, or hands its address on, and the data of a woven assembly can only be read",
                        SourceLocations.Of(method, instruction)));
                }
            }
        }
    }

    private static FieldDefinition? Written(Instruction instruction, FieldReference field, HashSet<FieldDefinition> mapped)
    {
        bool mayWrite = instruction.OpCode.Code == Code.Stsfld || (instruction.OpCode.Code == Code.Ldsflda && !IsOnlyRead(instruction));
        if (!mayWrite || field.DeclaringType.Scope != field.Module || field.Resolve() is not { } definition || !mapped.Contains(definition))
            return null;

        bool isConstant = instruction.OpCode.Code == Code.Ldsflda && (definition.IsInitOnly || definition.DeclaringType.FullName.StartsWith(CompilerData, StringComparison.Ordinal));
        return isConstant ? null : definition;
    }

    /// <summary>Whether the address is used up by a load at once.</summary>
    private static bool IsOnlyRead(Instruction address)
    {
        Instruction? use = address.Next;
        while (use is { OpCode.Code: Code.Nop or Code.Conv_I or Code.Conv_U or Code.Conv_I8 or Code.Conv_U8 } or { OpCode.OpCodeType: OpCodeType.Prefix })
            use = use.Next;

        return use is not null && OpcodeTable.OperandsOf(use.OpCode.Code) is [{ Depth: 0, Kind: AccessKind.Load }];
    }

    private static Diagnostic Refusal(string what, SourceLocation? where) => Diagnostic.Error(DiagnosticId.MappedFieldNotKept,
        $"{what}; give the field its value in a static constructor instead of mapping it, or leave the assembly unwoven.", where);
}
