using MemSentry.Verifier;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>A failed check does not end in an exception: the throw helper comes back.</summary>
public sealed class ThrowHelperNeutered : IModuleMutationKind
{
    /// <inheritdoc/>
    public string Name => "throw-helper-neutered";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven) =>
    [
        Of("returns", code =>
        {
            code[^1].OpCode = OpCodes.Pop;
            code.Add(Instruction.Create(OpCodes.Ret));
        }),
        Of("returns at once", code => code.Insert(0, Instruction.Create(OpCodes.Ret))),
        Of("returns on one path", code =>
        {
            Instruction first = code[0];
            code.Insert(0, Instruction.Create(OpCodes.Ret));
            code.Insert(0, Instruction.Create(OpCodes.Brtrue, first));
            code.Insert(0, Instruction.Create(OpCodes.Ldarg_0));
        }),
        new("throws nothing", VerifierCode.ThrowHelperAltered, m => SupportClass.Throw(m).Body.Instructions[5].Operand = SupportClass.Start(m)),
        new("is called nobody's name", VerifierCode.ThrowHelperAltered, m => SupportClass.Throw(m).Name = "Throws"),
    ];

    private static ModuleMutation Of(string how, Action<Collection<Instruction>> change) =>
        new(how, VerifierCode.ThrowHelperAltered, module => change(SupportClass.Throw(module).Body.Instructions));
}
