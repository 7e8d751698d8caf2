using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>
/// A module with <c>static long Row.Run(nint a, nint b)</c>, which executes one opcode of the access table once. The operands are raw pointers: <c>b</c> is
/// the source of the opcodes that have two, <c>a</c> the only address of the others. What was read is returned.
/// </summary>
internal static class OpcodeRow
{
    public static IEnumerable<Code> Opcodes => OpcodeTable.Opcodes.Where(c => c != Code.Mkrefany);

    /// <summary>Whether the opcode uses an operand for an access of this kind.</summary>
    public static bool Has(Code code, AccessKind kind) => OpcodeTable.OperandsOf(code).ToArray().Any(o => o.Kind == kind);

    public static ModuleDefinition Make(Code code)
    {
        ModuleDefinition module = CSharpFixture.Compile("public struct S { public int X; public long Y; } public static class Row { public static long Run(nint a, nint b) => 0; }").Read();
        MethodDefinition method = module.GetType("Row").Methods.Single(m => m.Name == "Run");
        method.Body.Instructions.Clear();
        HandMade.Body(method, [.. Access(code, module), Instruction.Create(OpCodes.Ret)]);
        return module;
    }

    private static Instruction[] Access(Code code, ModuleDefinition module)
    {
        TypeDefinition type = module.GetType("S");
        FieldDefinition field = type.Fields.Single(f => f.Name == "Y");
        OpCode opcode = Opcode(code);
        Instruction a = Instruction.Create(OpCodes.Ldarg_0), b = Instruction.Create(OpCodes.Ldarg_1);
        Instruction zero = Instruction.Create(OpCodes.Ldc_I8, 0L), number = Instruction.Create(OpCodes.Ldc_I4, 0x12345678);
        return code switch
        {
            Code.Ldind_Ref => [a, Instruction.Create(opcode), Instruction.Create(OpCodes.Ldnull), Instruction.Create(OpCodes.Ceq), Instruction.Create(OpCodes.Conv_I8)],
            >= Code.Ldind_I1 and < Code.Ldind_Ref => [a, Instruction.Create(opcode), Instruction.Create(OpCodes.Conv_I8)],
            Code.Stind_I8 => [a, Instruction.Create(OpCodes.Ldc_I8, -7L), Instruction.Create(opcode), zero],
            Code.Stind_I => [a, b, Instruction.Create(opcode), zero],
            Code.Stind_R4 => [a, Instruction.Create(OpCodes.Ldc_R4, 2.5f), Instruction.Create(opcode), zero],
            Code.Stind_R8 => [a, Instruction.Create(OpCodes.Ldc_R8, 2.5), Instruction.Create(opcode), zero],
            Code.Stind_Ref => [a, Instruction.Create(OpCodes.Ldnull), Instruction.Create(opcode), zero],
            Code.Stind_I1 or Code.Stind_I2 or Code.Stind_I4 => [a, number, Instruction.Create(opcode), zero],
            Code.Ldobj => [a, Instruction.Create(opcode, module.TypeSystem.Int64)],
            Code.Stobj => [a, Instruction.Create(OpCodes.Ldc_I8, -7L), Instruction.Create(opcode, module.TypeSystem.Int64), zero],
            Code.Cpobj => [a, b, Instruction.Create(opcode, type), zero],
            Code.Initobj => [a, Instruction.Create(opcode, type), zero],
            Code.Ldfld => [a, Instruction.Create(opcode, field)],
            Code.Stfld => [a, Instruction.Create(OpCodes.Ldc_I8, -7L), Instruction.Create(opcode, field), zero],
            Code.Cpblk => [a, b, Instruction.Create(OpCodes.Ldc_I4, 24), Instruction.Create(opcode), zero],
            Code.Initblk => [a, Instruction.Create(OpCodes.Ldc_I4, 0x11), Instruction.Create(OpCodes.Ldc_I4, 24), Instruction.Create(opcode), zero],
            _ => throw new NotSupportedException($"{code} has a row and no body here"),
        };
    }

    private static OpCode Opcode(Code code) => (OpCode)typeof(OpCodes).GetField(code.ToString())!.GetValue(null)!;
}
