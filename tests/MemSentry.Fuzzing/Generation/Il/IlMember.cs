using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fuzzing.Generation.Il;

/// <summary>Makes the method of a member.</summary>
internal static class IlMember
{
    /// <summary>The method.</summary>
    public static MethodDefinition Make(IlModule module, Member member, string name)
    {
        var method = new MethodDefinition(name, MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, module.Int64);
        foreach ((string parameter, TypeReference type) in Parameters(module))
            method.Parameters.Add(new ParameterDefinition(parameter, ParameterAttributes.None, type));

        var code = new IlCode(method);
        var variables = new IlVariables(module, member, code);
        variables.Initialize();
        Instruction end = IlCode.Label();
        var statements = new IlStatements(module, code, variables, new IlNumbers(module, code, variables), end);
        statements.Block(member.Body);
        Finish(code, variables, end);
        return method;
    }

    private static IEnumerable<(string Name, TypeReference Type)> Parameters(IlModule module) =>
    [
        ("near", module.BytePointer), ("target", module.BytePointer), ("table", new PointerType(module.BytePointer)),
        ("index", module.Int32), ("distance", module.Int64),
    ];

    private static void Finish(IlCode code, IlVariables variables, Instruction end)
    {
        code.Emit(OpCodes.Ldloc, variables.Hash);
        foreach (VariableDefinition number in variables.Numbers)
        {
            code.Emit(OpCodes.Ldc_I8, 31L);
            code.Emit(OpCodes.Mul);
            code.Emit(OpCodes.Ldloc, number);
            code.Emit(OpCodes.Add);
        }

        code.Emit(OpCodes.Stloc, variables.Hash);
        code.Mark(end);
        code.Emit(OpCodes.Ldloc, variables.Hash);
        code.Emit(OpCodes.Ret);
    }
}
