using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>Makes gates and twins of the whitelisted members of a module.</summary>
internal static class WindowRewriter
{
    /// <summary>Carries the plans out. Afterwards the planned members are gates.</summary>
    public static void Rewrite(IReadOnlyList<WindowPlan> plans, RuntimeContract runtime)
    {
        // All twins first: their bodies name each other.
        Dictionary<MethodDefinition, MethodDefinition> twins = plans.ToDictionary(p => p.Method, p => TwinBuilder.Split(p.Method));
        var preparations = new Preparations(twins, runtime.Window);
        preparations.Declare(plans);
        var gates = new GateEmitter(runtime, preparations);
        foreach (WindowPlan plan in plans)
        {
            RewriteTwin(plan, twins, runtime.Window);
            gates.Emit(plan, twins[plan.Method]);
        }
    }

    private static void RewriteTwin(WindowPlan plan, Dictionary<MethodDefinition, MethodDefinition> twins, WindowMembers window)
    {
        foreach (Instruction call in plan.TwinCalls)
        {
            var callee = (MethodReference)call.Operand;
            MethodDefinition called = twins[callee.GetElementMethod().Resolve()];
            if (called.DeclaringType != plan.Method.DeclaringType)
                called.IsAssembly = true;

            call.Operand = TwinReference.InsteadOf(callee, called);
        }

        MethodDefinition twin = twins[plan.Method];
        var editor = new BodyEditor(twin);
        var switches = new SwitchEmitter(plan, window, FrameMark.In(twin));
        foreach (WindowAction action in plan.Actions)
            editor.InsertBefore(action.Target, [.. switches.Of(action.Kind)]);

        editor.InsertPrologue([.. Assertion(plan, window)]);
        editor.Apply();
    }

    private static IEnumerable<Instruction> Assertion(WindowPlan plan, WindowMembers window) =>
    [
        .. plan.HasKey ? window.Stubs.MayAccess(plan.Target) : [],
        CompactInstruction.LoadInt32(plan.Target.Number),
        CompactInstruction.LoadInt32(plan.Target.Rights),
        Instruction.Create(OpCodes.Call, plan.HasKey ? window.RequireKey : window.Require),
    ];
}
