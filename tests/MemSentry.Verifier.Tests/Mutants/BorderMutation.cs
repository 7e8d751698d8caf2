using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests.Mutants;

/// <summary>Ways to break one check that the runtime makes.</summary>
internal static class BorderMutation
{
    /// <summary>A check that leaves negative numbers to a callee that does not refuse them.</summary>
    public static void LetNegativePass(BorderSite site)
    {
        var lenient = new MethodReference("SignedRange", site.Check.ReturnType, site.Check.DeclaringType);
        foreach (ParameterDefinition parameter in site.Check.Parameters)
            lenient.Parameters.Add(new ParameterDefinition(parameter.Index == 1 ? site.Member.Module.TypeSystem.Int64 : parameter.ParameterType));
        Become(site.Code[site.Start + 3], OpCodes.Conv_I8, null);
        Become(site.Code[site.End], OpCodes.Call, lenient);
    }

    public static void CallBehind(BorderSite site) =>
        site.Code.Insert(site.End + 1, Instruction.Create(OpCodes.Call, site.Member.DeclaringType.Methods.Single(m => m.Name == "Callee")));

    public static void StoreBehind(BorderSite site)
    {
        VariableDefinition target = Local(site, site.Member.Module.TypeSystem.Int32);
        Instruction[] store = [Instruction.Create(OpCodes.Ldloca, target), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Stind_I4)];
        for (int i = 0; i < store.Length; i++)
            site.Code.Insert(site.End + 1 + i, store[i]);
    }

    private static VariableDefinition Local(BorderSite site, TypeReference type)
    {
        var local = new VariableDefinition(type);
        site.Member.Body.Variables.Add(local);
        return local;
    }

    private static void Become(Instruction instruction, OpCode opcode, object? operand)
    {
        instruction.OpCode = opcode;
        instruction.Operand = operand;
    }
}
