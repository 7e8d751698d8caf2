using MemSentry.Verifier;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Windows.Tests;

/// <summary>
/// The woven program with one thing broken, one after the other: the verifier must reject each. Drawn in a fixed rhythm from all places, because each costs a verification
/// of the whole program.
/// </summary>
public sealed class SwitchMutantTests
{
    private const int EveryNth = 7;
    private const string Method = "mprotect";

    private static readonly Dictionary<string, Func<ModuleDefinition, IEnumerable<Action>>> Kinds = new()
    {
        ["a call of Suspend is left out"] = m => Calls(m, "Suspend", LeaveOut),
        ["what is closed for a call opens again before it"] = Reopenings,
        ["a call of Leave is left out"] = m => Calls(m, "Leave", LeaveOut),
        ["a call of Require is left out"] = m => Calls(m, "Require", LeaveOut),
        ["a gate opens another domain"] = m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous.Previous, 12345)),
        ["a gate opens for more than its body needs"] = m => Calls(m, "Enter", (_, call) => Constant(call.Previous.Previous.Previous, 3)),
        ["a switch names another frame"] = m => Calls(m, "Leave", (body, call) => call.Previous.Previous.Operand = Another(body)),
        ["a filter of a gate catches"] = m => Opcodes(m, Code.Endfilter, (_, end) => Constant(end.Previous, 1)),
        ["a body may be inlined"] = m => Twins(m).Select(t => (Action)(() => t.ImplAttributes &= ~MethodImplAttributes.NoInlining)),
        ["a body is public"] = m => Twins(m).Select(t => (Action)(() => t.Attributes = (t.Attributes & ~MethodAttributes.MemberAccessMask) | MethodAttributes.Public)),
        ["a body's address is taken"] = m => Twins(m).Where(t => t is { IsStatic: true, HasGenericParameters: false }).Select(t => (Action)(() => Insert(m, Instruction.Create(OpCodes.Ldftn, t)))),
        ["a body's token is taken"] = m => Twins(m).Select(t => (Action)(() => Insert(m, Instruction.Create(OpCodes.Ldtoken, t)))),
        ["a gate lets a static constructor run later"] = m => Calls(m, "RunClassConstructor", LeaveOut),
        ["a gate believes a reference"] = m => Calls(m, "Displaced", LeaveOut),
        ["a gate believes a span"] = m => Calls(m, "ReadOnlySpan", LeaveOut),
        ["a finally block goes"] = m => Gates(m).Select(g => (Action)(() => g.Body.ExceptionHandlers.RemoveAt(1))),
        ["a filter goes"] = m => Gates(m).Select(g => (Action)(() => g.Body.ExceptionHandlers.RemoveAt(0))),
    };

    private static IEnumerable<TestCaseData> All() => Kinds.Keys.Select(k => new TestCaseData(k));

    [TestCaseSource(nameof(All))]
    public void The_verifier_rejects_it_when(string kind)
    {
        string folder = Copies.Folder("mutants");
        foreach (string file in Directory.EnumerateFiles(WindowProgram.Folder(Method), "*.dll"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        int count = WithProgram(module => Kinds[kind](module).Count());
        Assert.That(count, Is.Positive);
        for (int i = 0; i < count; i += EveryNth)
        {
            string mutant = Path.Combine(folder, WindowProgram.FileName);
            WithProgram(module =>
            {
                Kinds[kind](module).ElementAt(i)();
                module.Write(mutant);
                return 0;
            });
            VerificationReport report = AssemblyVerification.Run(new(mutant, [folder]));

            Assert.That(report.Accepted, Is.False, $"{kind}, number {i} of {count}");
        }
    }

    private static int WithProgram(Func<ModuleDefinition, int> use)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(WindowProgram.Folder(Method));
        using ModuleDefinition module = ModuleDefinition.ReadModule(WindowProgram.Whole(Method), new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        return use(module);
    }

    private static IEnumerable<MethodDefinition> Bodies(ModuleDefinition module) => module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody);

    private static IEnumerable<MethodDefinition> Twins(ModuleDefinition module) => Bodies(module).Where(m => m.Name.EndsWith("|MemSentryTwin", StringComparison.Ordinal));

    private static IEnumerable<MethodDefinition> Gates(ModuleDefinition module) => Bodies(module).Where(m => m.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Enter", DeclaringType.Name: "Window" }));

    private static IEnumerable<Action> Calls(ModuleDefinition module, string name, Action<MethodBody, Instruction> change) =>
        from method in Bodies(module)
        from call in method.Body.Instructions.ToArray()
        where call.Operand is MethodReference callee && callee.Name == name && callee.DeclaringType.Name is "Window" or "BorderCheck" or "RuntimeHelpers"
        select (Action)(() => change(method.Body, call));

    private static IEnumerable<Action> Reopenings(ModuleDefinition module)
    {
        MethodReference[] switches = [.. Bodies(module).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>().Where(m => m.DeclaringType.Name == "Window")];
        MethodReference resume = switches.First(m => m.Name == "Resume");
        return
            from method in Twins(module)
            from call in method.Body.Instructions.ToArray()
            where call.Operand is MethodReference { Name: "Suspend" } && call.Previous.Previous.Operand is VariableDefinition
            select (Action)(() => InsertBehind(method.Body, call, [Instruction.Create(OpCodes.Ldloca, (VariableDefinition)call.Previous.Previous.Operand), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Call, resume)]));
    }

    private static void InsertBehind(MethodBody body, Instruction place, Instruction[] code)
    {
        int index = body.Instructions.IndexOf(place) + 1;
        foreach (Instruction instruction in code)
            body.Instructions.Insert(index++, instruction);
    }

    private static IEnumerable<Action> Opcodes(ModuleDefinition module, Code code, Action<MethodBody, Instruction> change) =>
        from method in Gates(module)
        from instruction in method.Body.Instructions.ToArray()
        where instruction.OpCode.Code == code
        select (Action)(() => change(method.Body, instruction));

    private static void LeaveOut(MethodBody body, Instruction call)
    {
        int parameters = ((MethodReference)call.Operand).Parameters.Count;
        (call.OpCode, call.Operand) = (OpCodes.Pop, null);
        for (int i = 1; i < parameters; i++)
            body.Instructions.Insert(body.Instructions.IndexOf(call) + 1, Instruction.Create(OpCodes.Pop));
    }

    private static void Constant(Instruction instruction, int value) => (instruction.OpCode, instruction.Operand) = (OpCodes.Ldc_I4, value);

    private static VariableDefinition Another(MethodBody body)
    {
        var variable = new VariableDefinition(body.Method.Module.TypeSystem.Byte);
        body.Variables.Add(variable);
        return variable;
    }

    /// <summary>Into a member that is no gate and no body.</summary>
    private static void Insert(ModuleDefinition module, Instruction instruction)
    {
        MethodBody stranger = module.GetType("MemSentry.Windows.Program.Facts.Suspensions").Methods.Single(m => m.Name == "Run").Body;
        stranger.Instructions.Insert(0, instruction);
        stranger.Instructions.Insert(1, Instruction.Create(OpCodes.Pop));
    }
}
