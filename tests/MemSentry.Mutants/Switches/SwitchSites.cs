using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using static MemSentry.Mutants.Switches.SwitchEdits;

namespace MemSentry.Mutants.Switches;

/// <summary>Where something can be broken in a module that is woven with a domain-based method.</summary>
internal static class SwitchSites
{
    /// <summary>The members with code.</summary>
    public static IEnumerable<MethodDefinition> Members(ModuleDefinition module) => module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody);

    /// <summary>The bodies that run while a region is open.</summary>
    public static IEnumerable<MethodDefinition> Twins(ModuleDefinition module) => Members(module).Where(m => m.Name.EndsWith("|MemSentryTwin", StringComparison.Ordinal));

    /// <summary>The members that open one.</summary>
    public static IEnumerable<MethodDefinition> Gates(ModuleDefinition module) => Members(module).Where(m => m.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Enter", DeclaringType.Name: "Window" }));

    /// <summary>Whether a class sets off what prepares a body.</summary>
    public static bool IsPreparation(TypeReference type) => type.Name.Contains("|MemSentryPreparation", StringComparison.Ordinal);

    /// <summary>A change for each member.</summary>
    public static IEnumerable<SwitchMutation> Each(IEnumerable<MethodDefinition> members, Action<MethodDefinition> change) => members.Select(m => new SwitchMutation(m, () => change(m)));

    /// <summary>A change for each instruction of members that a condition holds for.</summary>
    public static IEnumerable<SwitchMutation> Each(IEnumerable<MethodDefinition> members, Func<Instruction, bool> condition, Action<MethodBody, Instruction> change) =>
        from member in members
        from instruction in member.Body.Instructions.ToArray()
        where condition(instruction)
        select new SwitchMutation(member, () => change(member.Body, instruction));

    /// <summary>A change for each call of a member of the runtime.</summary>
    public static IEnumerable<SwitchMutation> Calls(ModuleDefinition module, string name, Action<MethodBody, Instruction> change) =>
        Each(Members(module), i => i.Operand is MethodReference callee && callee.Name == name && callee.DeclaringType.Name is "Window" or "WindowBody" or "BorderCheck" or "RuntimeHelpers", change);

    /// <summary>An instruction in a member that is neither gate nor body.</summary>
    public static SwitchMutation InStranger(ModuleDefinition module, Instruction instruction)
    {
        MethodDefinition stranger = module.GetType("MemSentry.Windows.Program.Facts.Suspensions").Methods.Single(m => m.Name == "Run");
        return new(stranger, () => Insert(stranger.Body, 0, instruction, Instruction.Create(OpCodes.Pop)));
    }

    /// <summary>What is closed for a call is opened again before it.</summary>
    public static IEnumerable<SwitchMutation> Reopenings(ModuleDefinition module)
    {
        MethodReference resume = WindowCalls(module).First(m => m.Name == "Resume");
        Instruction[] constants = resume.Parameters.Count == 3 ? [Instruction.Create(OpCodes.Ldc_I4, DomainNumber.Of("")), Instruction.Create(OpCodes.Ldc_I4_2)] : [];
        return Each(Twins(module), i => i.Operand is MethodReference { Name: "Suspend" } && i.Previous.Previous.Operand is VariableDefinition, (body, call) =>
        {
            var frame = (VariableDefinition)call.Previous.Previous.Operand;
            Insert(body, body.Instructions.IndexOf(call) + 1, [.. constants, Instruction.Create(OpCodes.Ldloca, frame), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Call, resume)]);
        });
    }

    /// <summary>The members of the runtime that open and close.</summary>
    public static IEnumerable<MethodReference> WindowCalls(ModuleDefinition module) => Members(module).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>().Where(m => m.DeclaringType.Name == "Window");
}
