using MemSentry.AccessTable;
using MemSentry.Verifier;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Windows.Tests;

/// <summary>
/// The woven program with something broken. Drawn in a fixed rhythm from all places, because each costs a verification of the whole program.
/// </summary>
internal sealed class ProgramMutants(string method, int everyNth)
{
    public void ExpectRejection(string kind, Func<ModuleDefinition, IEnumerable<Action>> mutate)
    {
        string folder = Copies.Folder($"mutants-{method}");
        foreach (string file in Directory.EnumerateFiles(WindowProgram.Folder(method), "*.dll"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        int count = WithProgram(module => mutate(module).Count());
        Assert.That(count, Is.Positive);
        for (int i = 0; i < count; i += everyNth)
        {
            string mutant = Path.Combine(folder, WindowProgram.FileName);
            WithProgram(module =>
            {
                mutate(module).ElementAt(i)();
                module.Write(mutant);
                return 0;
            });
            VerificationReport report = AssemblyVerification.Run(new(mutant, [folder]));

            Assert.That(report.Accepted, Is.False, $"{kind}, number {i} of {count}");
        }
    }

    private int WithProgram(Func<ModuleDefinition, int> use)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(WindowProgram.Folder(method));
        using ModuleDefinition module = ModuleDefinition.ReadModule(WindowProgram.Whole(method), new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        return use(module);
    }

    public static IEnumerable<MethodDefinition> Bodies(ModuleDefinition module) => module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody);

    public static IEnumerable<MethodDefinition> Twins(ModuleDefinition module) => Bodies(module).Where(m => m.Name.EndsWith("|MemSentryTwin", StringComparison.Ordinal));

    public static IEnumerable<MethodDefinition> Gates(ModuleDefinition module) => Bodies(module).Where(m => m.Body.Instructions.Any(i => i.Operand is MethodReference { Name: "Enter", DeclaringType.Name: "Window" }));

    public static IEnumerable<Action> Calls(ModuleDefinition module, string name, Action<MethodBody, Instruction> change) =>
        from method in Bodies(module)
        from call in method.Body.Instructions.ToArray()
        where call.Operand is MethodReference callee && callee.Name == name && callee.DeclaringType.Name is "Window" or "BorderCheck" or "RuntimeHelpers"
        select (Action)(() => change(method.Body, call));

    public static IEnumerable<Action> Reopenings(ModuleDefinition module)
    {
        MethodReference[] switches = [.. Bodies(module).SelectMany(m => m.Body.Instructions).Select(i => i.Operand).OfType<MethodReference>().Where(m => m.DeclaringType.Name == "Window")];
        MethodReference resume = switches.First(m => m.Name == "Resume");
        Instruction[] constants = resume.Parameters.Count == 3 ? [Instruction.Create(OpCodes.Ldc_I4, DomainNumber.Of("")), Instruction.Create(OpCodes.Ldc_I4_2)] : [];
        return
            from method in Twins(module)
            from call in method.Body.Instructions.ToArray()
            where call.Operand is MethodReference { Name: "Suspend" } && call.Previous.Previous.Operand is VariableDefinition
            select (Action)(() => InsertBehind(method.Body, call, [.. constants, Instruction.Create(OpCodes.Ldloca, (VariableDefinition)call.Previous.Previous.Operand), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Call, resume)]));
    }

    /// <summary>Of gates at what prepares their bodies, and of that at what prepares the bodies that are called.</summary>
    public static IEnumerable<Action> Looks(ModuleDefinition module) =>
        from method in Bodies(module)
        from look in method.Body.Instructions.ToArray()
        where look.OpCode.Code == Code.Ldsfld && IsPreparation(((FieldReference)look.Operand).DeclaringType)
        select (Action)(() => Constant(look, 0));

    public static bool IsPreparation(TypeReference type) => type.Name.Contains("|MemSentryPreparation", StringComparison.Ordinal);

    public static void InsertBehind(MethodBody body, Instruction place, Instruction[] code)
    {
        int index = body.Instructions.IndexOf(place) + 1;
        foreach (Instruction instruction in code)
            body.Instructions.Insert(index++, instruction);
    }

    public static IEnumerable<Action> Opcodes(ModuleDefinition module, Code code, Action<MethodBody, Instruction> change) =>
        from method in Gates(module)
        from instruction in method.Body.Instructions.ToArray()
        where instruction.OpCode.Code == code
        select (Action)(() => change(method.Body, instruction));

    public static void LeaveOut(MethodBody body, Instruction call)
    {
        int parameters = ((MethodReference)call.Operand).Parameters.Count;
        (call.OpCode, call.Operand) = (OpCodes.Pop, null);
        for (int i = 1; i < parameters; i++)
            body.Instructions.Insert(body.Instructions.IndexOf(call) + 1, Instruction.Create(OpCodes.Pop));
    }

    public static void Constant(Instruction instruction, int value) => (instruction.OpCode, instruction.Operand) = (OpCodes.Ldc_I4, value);

    public static VariableDefinition Another(MethodBody body)
    {
        var variable = new VariableDefinition(body.Method.Module.TypeSystem.Byte);
        body.Variables.Add(variable);
        return variable;
    }

    /// <summary>Into a member that is no gate and no body.</summary>
    public static void Insert(ModuleDefinition module, Instruction instruction)
    {
        MethodBody stranger = module.GetType("MemSentry.Windows.Program.Facts.Suspensions").Methods.Single(m => m.Name == "Run").Body;
        stranger.Instructions.Insert(0, instruction);
        stranger.Instructions.Insert(1, Instruction.Create(OpCodes.Pop));
    }
}
