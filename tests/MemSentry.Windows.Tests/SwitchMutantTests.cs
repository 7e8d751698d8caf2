using Mono.Cecil;
using Mono.Cecil.Cil;
using static MemSentry.Windows.Tests.ProgramMutants;

namespace MemSentry.Windows.Tests;

/// <summary>What the gates and bodies of all methods have in common, with one thing broken, one after the other: the verifier must reject each.</summary>
[TestFixture("mprotect", 7)]
[TestFixture("mpk", 11)]
public sealed class SwitchMutantTests(string method, int everyNth)
{
    private static readonly Dictionary<string, Func<ModuleDefinition, IEnumerable<Action>>> Kinds = new()
    {
        ["a call of Suspend is left out"] = m => Calls(m, "Suspend", LeaveOut),
        ["what is closed for a call opens again before it"] = Reopenings,
        ["a call of Leave is left out"] = m => Calls(m, "Leave", LeaveOut),
        ["a call of Require is left out"] = m => Calls(m, "Require", LeaveOut).Concat(Calls(m, "RequireKey", LeaveOut)),
        ["a gate opens another domain"] = m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous.Previous, 12345)),
        ["a gate opens for more than its body needs"] = m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous, 3)),
        ["a switch names another frame"] = m => Calls(m, "Leave", (body, call) => call.Previous.Previous.Operand = Another(body)),
        ["a filter of a gate catches"] = m => Opcodes(m, Code.Endfilter, (_, end) => Constant(end.Previous, 1)),
        ["a body may be inlined"] = m => Twins(m).Select(t => (Action)(() => t.ImplAttributes &= ~MethodImplAttributes.NoInlining)),
        ["a body is public"] = m => Twins(m).Select(t => (Action)(() => t.Attributes = (t.Attributes & ~MethodAttributes.MemberAccessMask) | MethodAttributes.Public)),
        ["a body's address is taken"] = m => Twins(m).Where(t => t is { IsStatic: true, HasGenericParameters: false }).Select(t => (Action)(() => Insert(m, Instruction.Create(OpCodes.Ldftn, t)))),
        ["a body's token is taken"] = m => Twins(m).Select(t => (Action)(() => Insert(m, Instruction.Create(OpCodes.Ldtoken, t)))),
        ["a gate lets a static constructor run later"] = m => Calls(m, "RunClassConstructor", LeaveOut),
        ["a body is not compiled before its gate opens"] = m => Calls(m, "PrepareMethod", LeaveOut),
        ["a gate does not set off what prepares"] = Looks,
        ["what prepares may run at another time"] = m => m.GetTypes().Where(IsPreparation).Select(t => (Action)(() => t.IsBeforeFieldInit = true)),
        ["a gate believes a reference"] = m => Calls(m, "Displaced", LeaveOut),
        ["a gate believes a span"] = m => Calls(m, "ReadOnlySpan", LeaveOut),
        ["a finally or fault block goes"] = m => Gates(m).Select(g => (Action)(() => g.Body.ExceptionHandlers.RemoveAt(g.Body.ExceptionHandlers.Count - 1))),
        ["a filter goes"] = m => Gates(m).Select(g => (Action)(() => g.Body.ExceptionHandlers.RemoveAt(g.Body.ExceptionHandlers.Count - 2))),
    };

    private static IEnumerable<TestCaseData> All() => Kinds.Keys.Select(k => new TestCaseData(k));

    [TestCaseSource(nameof(All))]
    public void The_verifier_rejects_it_when(string kind) => new ProgramMutants(method, everyNth).ExpectRejection(kind, Kinds[kind]);
}
