using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Facts;

/// <summary>The two members that the weaver adds to every module, compared word by word with what they have to be.</summary>
internal sealed class SupportMembers(ModuleDefinition module)
{
    private const string Runtime = "MemSentry.Runtime";
    private const string Namespace = "MemSentry.CompilerServices";

    private readonly TypeDefinition? _type = module.GetType("<MemSentry>");

    /// <summary>The member that throws: it does not return, because it ends in <c>throw</c> and has nothing else to end in.</summary>
    public MethodDefinition? ThrowHelper() => Body("Throw", 4) is { } body
        && body.Instructions.Select(i => i.OpCode.Code).SequenceEqual([IL.Ldarg_0, IL.Ldstr, IL.Ldarg_1, IL.Ldarg_2, IL.Ldarg_3, IL.Call, IL.Throw])
        && Calls(body.Instructions[5], "Violation", "OfMember")
            ? body.Method
            : null;

    /// <summary>What is wrong with the start of the runtime; null if nothing is.</summary>
    public string? WrongStart(WovenSettings settings)
    {
        if (Body("Start", 0) is not { } body || !StartsRuntime(body, settings))
            return "The member that starts the runtime is missing, or does not pass on the stamped layout and settings; weave the original assembly again.";

        // A try block around the call could swallow the runtime's refusal to start.
        MethodDefinition? initializer = module.Types[0].Methods.FirstOrDefault(m => m.IsConstructor && m.IsStatic);
        bool isFirst = initializer is { HasBody: true }
            && initializer.Body.Instructions[0] is { OpCode.Code: IL.Call } first && ReferenceEquals(first.Operand, body.Method)
            && !initializer.Body.ExceptionHandlers.Any(h => h.TryStart == first);
        return isFirst ? null : "The module initialiser does not start the runtime before anything else; weave the original assembly again.";
    }

    private bool StartsRuntime(MethodBody body, WovenSettings settings) =>
        body.Instructions is [{ OpCode.Code: IL.Ldstr } name, { } layout, { OpCode.Code: IL.Ldstr } text, { } call, { OpCode.Code: IL.Ret }]
        && (string)name.Operand == module.Assembly.Name.Name
        && layout.OpCode.Code == IL.Ldc_I4_0 + AddressSpaceLayout.Version
        && (string)text.Operand == settings.Text
        && Calls(call, "WovenModule", "Start");

    private MethodBody? Body(string name, int parameters)
    {
        MethodDefinition[] named = [.. _type?.Methods.Where(m => m.Name == name) ?? []];
        return named is [{ HasBody: true, IsStatic: true } method] && method.Parameters.Count == parameters && !method.Body.HasExceptionHandlers ? method.Body : null;
    }

    private static bool Calls(Instruction instruction, string type, string member) =>
        instruction.OpCode.Code == IL.Call
        && instruction.Operand is MethodReference callee
        && callee.Name == member
        && callee.DeclaringType is { Namespace: Namespace, Scope: AssemblyNameReference { Name: Runtime } } declaring
        && declaring.Name == type;
}
