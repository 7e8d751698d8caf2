using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>
/// Has the JIT compile twins before their gates open for the first time. Otherwise it would do so at the call, in the window, where it asks observers and resolvers of assemblies, which are anybody's code.
/// <code>
///     gate M:                          M|MemSentryPreparation..cctor:
///       look at Done, drop it            Prepare(M|MemSentryTwin)
///       open ...                         look at Done of the members whose twins it calls
/// </code>
/// The look is what sets off the static constructor, once; optimised code has none left. Generic members, of which there is a body for each kind of argument, are left to the call.
/// </summary>
internal sealed class Preparations(IReadOnlyDictionary<MethodDefinition, MethodDefinition> twins, WindowMembers window)
{
    private const string Suffix = "|MemSentryPreparation";
    private const MethodAttributes InitializerAttributes =
        MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.Static;

    private readonly Dictionary<MethodDefinition, FieldDefinition> _done = [];
    private readonly Dictionary<MethodDefinition, Instruction[]> _runOnce = [];

    /// <summary>Adds the types that prepare. Before bodies are changed: their calls still name members.</summary>
    public void Declare(IReadOnlyList<WindowPlan> plans)
    {
        WindowPlan[] prepared = [.. plans.Where(p => !IsGeneric(p.Method))];
        foreach (WindowPlan plan in prepared.Where(p => !RunsOnce(p.Method)))
            _done.Add(plan.Method, Declare(plan.Method));

        foreach (WindowPlan plan in prepared)
        {
            if (_done.TryGetValue(plan.Method, out FieldDefinition? done))
                done.DeclaringType.Methods.Add(Initializer(plan));
            else
                _runOnce.Add(plan.Method, [.. Prepare(plan)]);
        }
    }

    /// <summary>What a gate does before it opens.</summary>
    public IEnumerable<Instruction> Before(WindowPlan plan) =>
        _done.TryGetValue(plan.Method, out FieldDefinition? done) ? Look(done) : _runOnce.GetValueOrDefault(plan.Method, []);

    private FieldDefinition Declare(MethodDefinition member)
    {
        // Not beforefieldinit: the look has to set it off, and at no other time.
        ModuleDefinition module = member.Module;
        int number = member.DeclaringType.NestedTypes.Count(t => t.Name.StartsWith(member.Name + Suffix, StringComparison.Ordinal));
        var type = new TypeDefinition(
            "", member.Name + Suffix + (number == 0 ? "" : $"{number}"), TypeAttributes.NestedAssembly | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var done = new FieldDefinition("Done", FieldAttributes.Assembly | FieldAttributes.Static, module.TypeSystem.Byte);
        type.Fields.Add(done);
        member.DeclaringType.NestedTypes.Add(type);
        return done;
    }

    private MethodDefinition Initializer(WindowPlan plan)
    {
        var initializer = new MethodDefinition(".cctor", InitializerAttributes, plan.Method.Module.TypeSystem.Void);
        foreach (Instruction instruction in (Instruction[])[.. Prepare(plan), Instruction.Create(OpCodes.Ret)])
            initializer.Body.Instructions.Add(instruction);

        return initializer;
    }

    private IEnumerable<Instruction> Prepare(WindowPlan plan) =>
    [
        Instruction.Create(OpCodes.Ldtoken, twins[plan.Method]),
        Instruction.Create(OpCodes.Call, window.Prepare),
        .. plan.TwinCalls.Select(call => ((MethodReference)call.Operand).GetElementMethod().Resolve())
            .Where(_done.ContainsKey).Distinct().SelectMany(called => Look(_done[called])),
    ];

    private static Instruction[] Look(FieldDefinition done) => [Instruction.Create(OpCodes.Ldsfld, done), Instruction.Create(OpCodes.Pop)];

    /// <summary>The initialiser of the module; its type cannot have types inside.</summary>
    private static bool RunsOnce(MethodDefinition member) => member.DeclaringType.Name == "<Module>";

    private static bool IsGeneric(MethodDefinition member) => member.HasGenericParameters || member.DeclaringType.HasGenericParameters;
}
