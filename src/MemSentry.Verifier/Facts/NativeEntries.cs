using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Facts;

/// <summary>
/// Members that native code may call: those whose address is taken anywhere in the module, because a delegate or function pointer made of it can be
/// handed out, and those marked for it. Nobody answers for the references that native code passes. Structures with references inside it cannot pass:
/// the marshaller refuses them.
/// </summary>
internal sealed class NativeEntries
{
    private readonly HashSet<MethodDefinition> _members = [];
    private readonly HashSet<(string Name, int Parameters)> _virtual = [];

    /// <summary>Looks for them in every body, trusted ones included.</summary>
    public NativeEntries(ModuleDefinition module)
    {
        foreach (Instruction instruction in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions))
        {
            if (instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn)
                Add((MethodReference)instruction.Operand, module);
        }
    }

    /// <summary>Whether native code may call a member.</summary>
    public bool Include(MethodDefinition member) =>
        _members.Contains(member)
        || (member.IsVirtual && _virtual.Contains((SimpleName(member.Name), member.Parameters.Count)))
        || (member.HasCustomAttributes && member.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute"));

    private void Add(MethodReference member, ModuleDefinition module)
    {
        MethodReference element = member.GetElementMethod();
        MethodDefinition? definition = element.DeclaringType.Scope == module && element.DeclaringType is not ArrayType ? element.Resolve() : null;
        if (definition is not null)
            _members.Add(definition);

        // One of another module may be overridden here; so may any virtual one, perhaps by a member with an interface's name before its own.
        if (definition is null or { IsVirtual: true })
            _virtual.Add((SimpleName(element.Name), element.Parameters.Count));
    }

    private static string SimpleName(string name) => name[(name.LastIndexOf('.') + 1)..];
}
