using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>
/// The members that native code may call: those marked <c>[UnmanagedCallersOnly]</c>, and those whose entry is taken, because a delegate can be handed to
/// native code (reverse P/Invoke) anywhere. Native code knows no contract on references.
/// </summary>
internal sealed class NativeEntries
{
    private readonly HashSet<MethodDefinition> _members = [];
    private readonly HashSet<(string Name, int Parameters)> _virtual = [];

    public NativeEntries(ModuleMembers members)
    {
        foreach (MethodDefinition method in members.Unsettled)
        {
            if (method.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute"))
            {
                _members.Add(method);
            }

            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn)
                {
                    Add((MethodReference)instruction.Operand);
                }
            }
        }
    }

    /// <summary>Whether native code may call a member.</summary>
    public bool Include(MethodDefinition member) =>
        _members.Contains(member) || (member.IsVirtual && _virtual.Contains((SimpleName(member), member.Parameters.Count)));

    private void Add(MethodReference entry)
    {
        // Which override runs is decided by the receiver: every one that could be it counts.
        MethodReference element = entry.GetElementMethod();
        _virtual.Add((SimpleName(element), element.Parameters.Count));
        if (element.DeclaringType is not ArrayType && element.DeclaringType.Scope == element.Module && element.Resolve() is { } method)
        {
            _members.Add(method);
        }
    }

    /// <summary>The name without the interface that an explicit implementation puts before it.</summary>
    private static string SimpleName(MethodReference method) => method.Name[(method.Name.LastIndexOf('.') + 1)..];
}
