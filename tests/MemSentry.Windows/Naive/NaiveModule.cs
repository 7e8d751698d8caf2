using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Windows.Naive;

/// <summary>Leaves something out of an assembly.</summary>
public static class NaiveModule
{
    /// <summary>Leaves out of a woven assembly what a version says.</summary>
    /// <exception cref="InvalidOperationException">There was nothing to leave out: the version says nothing.</exception>
    public static void LeaveOut(string file, NaiveVersion version) => Change(file, module =>
    {
        int left = 0;
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).Where(version.Where))
        {
            foreach (Instruction call in method.Body.Instructions.Where(version.LeavesOut).ToArray())
            {
                Drop(method.Body, call);
                left++;
            }
        }

        if (left == 0)
            throw new InvalidOperationException($"Nothing calls {version.Member}, so the version {version.Name} is the whole program.");
    });

    /// <summary>Leaves out of a runtime what a version says.</summary>
    public static void ChangeRuntime(string file, NaiveVersion version)
    {
        if (!version.Observes)
            Change(file, runtime => Empty(runtime, "MemSentry.Domains.ExceptionObserver", "Start"));
        if (version.Reopens)
            Change(file, runtime => Empty(runtime, "MemSentry.Domains.Windows", "LeaveSuspended"));
    }

    private static void Change(string file, Action<ModuleDefinition> change)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(file));
        using ModuleDefinition module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        change(module);
        module.Write(file);
    }

    /// <summary>The call becomes as many pops as it has parameters. In place: handlers and branches refer to it.</summary>
    private static void Drop(MethodBody body, Instruction call)
    {
        // A stub gets nothing but its own address.
        int parameters = call.Operand is MethodReference callee ? callee.Parameters.Count : 1;
        (call.OpCode, call.Operand) = (OpCodes.Pop, null);
        for (int i = 1; i < parameters; i++)
            body.Instructions.Insert(body.Instructions.IndexOf(call) + 1, Instruction.Create(OpCodes.Pop));
    }

    private static void Empty(ModuleDefinition runtime, string type, string name)
    {
        MethodDefinition member = runtime.GetType(type).Methods.Single(m => m.Name == name);
        member.Body = new MethodBody(member);
        member.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
    }
}
