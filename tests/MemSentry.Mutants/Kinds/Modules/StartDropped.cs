using MemSentry.Verifier;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The runtime is not started, or not before anything else, or its refusal to start is swallowed.</summary>
public sealed class StartDropped : IModuleMutationKind
{
    /// <inheritdoc/>
    public string Name => "start-dropped";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven) =>
    [
        Of("not called", m => SupportClass.Initializer(m).Body.Instructions[0].OpCode = OpCodes.Nop, m => SupportClass.Initializer(m).Body.Instructions[0].Operand = null),
        Of("called second", m => SupportClass.Initializer(m).Body.Instructions.Insert(0, Instruction.Create(OpCodes.Nop))),
        Of("skipped on one path", SkipOnOnePath),
        Of("refusal is swallowed", Swallow),
        Of("no initialiser", m => m.Types[0].Methods.Remove(SupportClass.Initializer(m))),
        Of("starts nothing", m => SupportClass.Start(m).Body.Instructions.Insert(0, Instruction.Create(OpCodes.Ret))),
        Of("other layout", m => SupportClass.Start(m).Body.Instructions[1].OpCode = OpCodes.Ldc_I4_0),
        Of("other settings", m => SupportClass.Start(m).Body.Instructions[2].Operand = SupportClass.Settings(m).Replace("ProtMethod=", "ProtMethod=_", StringComparison.Ordinal)),
        Of("other assembly", m => SupportClass.Start(m).Body.Instructions[0].Operand = "Other"),
    ];

    private static ModuleMutation Of(string how, params Action<ModuleDefinition>[] steps) => new(how, VerifierCode.RuntimeNotStarted, module => Array.ForEach(steps, s => s(module)));

    private static void SkipOnOnePath(ModuleDefinition module)
    {
        MethodBody body = SupportClass.Initializer(module).Body;
        body.Instructions.Insert(0, Instruction.Create(OpCodes.Brtrue, body.Instructions[1]));
        body.Instructions.Insert(0, Instruction.Create(OpCodes.Ldc_I4_1));
    }

    private static void Swallow(ModuleDefinition module)
    {
        MethodBody body = SupportClass.Initializer(module).Body;
        Instruction rest = body.Instructions[1];
        Instruction pop = Instruction.Create(OpCodes.Pop);
        body.Instructions.Insert(1, Instruction.Create(OpCodes.Leave, rest));
        body.Instructions.Insert(2, pop);
        body.Instructions.Insert(3, Instruction.Create(OpCodes.Leave, rest));
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = body.Instructions[0],
            TryEnd = pop,
            HandlerStart = pop,
            HandlerEnd = rest,
            CatchType = module.TypeSystem.Object,
        });
    }
}
