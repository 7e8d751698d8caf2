using Mono.Cecil;
using Mono.Cecil.Cil;
using static MemSentry.Mutants.Switches.SwitchEdits;
using static MemSentry.Mutants.Switches.SwitchSites;

namespace MemSentry.Mutants.Switches;

/// <summary>What the gates and bodies of all methods have in common, with one thing broken.</summary>
public static class GateKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SwitchKind> All { get; } =
    [
        new("gate-assertion-dropped", m => Calls(m, "Require", LeaveOut).Concat(Calls(m, "RequireKey", LeaveOut))),
        new("close-dropped", m => Calls(m, "Leave", LeaveOut)),
        new("suspension-dropped", m => Calls(m, "Suspend", LeaveOut)),
        new("opened-before-call", Reopenings),
        new("gate-of-other-domain", m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous.Previous, 12345))),
        new("gate-opens-for-more", m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous, 3))),
        new("switch-of-other-frame", m => Calls(m, "Leave", (body, call) => call.Previous.Previous.Operand = Another(body))),
        new("filter-catches", m => Each(Gates(m), i => i.OpCode.Code == Code.Endfilter, (_, end) => Constant(end.Previous, 1))),
        new("filter-dropped", m => Each(Gates(m), g => g.Body.ExceptionHandlers.RemoveAt(g.Body.ExceptionHandlers.Count - 2))),
        new("finally-dropped", m => Each(Gates(m), g => g.Body.ExceptionHandlers.RemoveAt(g.Body.ExceptionHandlers.Count - 1))),
        new("body-inlinable", m => Each(Twins(m), t => t.ImplAttributes &= ~MethodImplAttributes.NoInlining)),
        new("body-public", m => Each(Twins(m), t => t.Attributes = (t.Attributes & ~MethodAttributes.MemberAccessMask) | MethodAttributes.Public)),
        new("body-address-taken", m => Twins(m).Where(t => t is { IsStatic: true, HasGenericParameters: false }).Select(t => InStranger(m, Instruction.Create(OpCodes.Ldftn, t)))),
        new("body-token-taken", m => Twins(m).Select(t => InStranger(m, Instruction.Create(OpCodes.Ldtoken, t)))),
        new("static-constructor-later", m => Calls(m, "RunClassConstructor", LeaveOut)),
        new("body-not-prepared", m => Calls(m, "Prepare", LeaveOut)),
        new("preparation-not-set-off", m => Each(Members(m), i => i.OpCode.Code == Code.Ldsfld && IsPreparation(((FieldReference)i.Operand).DeclaringType), (_, look) => Constant(look, 0))),
        new("preparation-at-any-time", m => m.GetTypes().Where(IsPreparation).Select(t => new SwitchMutation(t.Methods.Single(c => c.IsConstructor), () => t.IsBeforeFieldInit = true))),
        new("reference-believed", m => Calls(m, "Displaced", LeaveOut)),
        new("span-believed", m => Calls(m, "ReadOnlySpan", LeaveOut)),
    ];
}
