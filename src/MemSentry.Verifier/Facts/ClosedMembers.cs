using MemSentry.Verifier.Flow;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Facts;

/// <summary>
/// Who may enter a member whose parameters are believed: verified members of the module, by plain calls, and nobody else. No text in the module is its name, by which reflection could look for it. Code of other assemblies that
/// gets round the rules of access (reflection, <c>UnsafeAccessor</c>) is taken to be none.
/// </summary>
internal sealed class ClosedMembers(ModuleDefinition module, Func<MethodDefinition, bool> isTrusted)
{
    private const string Services = "System.Runtime.CompilerServices.";

    /// <summary>What is wrong with the members of which something is believed.</summary>
    /// <param name="summaries">What is believed.</param>
    /// <param name="definition">Tells the member of this module that a reference means; null for those of others.</param>
    public IEnumerable<Finding> Gaps(Summaries summaries, Func<MethodReference, MethodDefinition?> definition)
    {
        HashSet<MethodDefinition> entered = [.. summaries.Entered];
        return summaries.Members.Where(m => !HasKnownBody(m)).Select(m => Gap(m, "is no member whose own body runs, and nothing else, when it is called"))
            .Concat(entered.Where(IsNamedOutside).Select(m => Gap(m, "can be named by other assemblies")))
            .Concat(entered.Count == 0 ? [] : Entries(entered, definition));
    }

    /// <summary>Whether a call runs the body and nothing before or behind it: no other member's, no lock, no static constructor (ECMA-335 I.8.9.5). And whether nobody calls it by another name: that of an interface's static member.</summary>
    private bool HasKnownBody(MethodDefinition member) =>
        member.HasCode() && !isTrusted(member) && !member.IsVirtual && !member.HasOverrides && !member.IsConstructor && !member.IsSynchronized && !member.ExplicitThis
        && !member.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute")
        && member.CallingConvention is MethodCallingConvention.Default or MethodCallingConvention.Generic
        && (member.DeclaringType.IsBeforeFieldInit || member.DeclaringType.Methods.All(m => !m.IsConstructor || !m.IsStatic));

    /// <summary>Whether the rules of access let anybody outside name a member (ECMA-335 I.8.5.3): friends see what is internal, and heirs inherit what is neither internal nor private.</summary>
    private bool IsNamedOutside(MethodDefinition member)
    {
        if (member.DeclaringType == module.Types[0])
            return true;
        if (member.IsPrivate || member.IsCompilerControlled)
            return false;

        bool isInternal = member.IsAssembly || member.IsFamilyAndAssembly;
        return (!isInternal || HasFriends()) && module.GetTypes().Any(t => IsOpen(t) && IsOrInherits(t, member.DeclaringType));
    }

    private bool HasFriends() => module.Assembly is not { Modules.Count: 1 } || module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == Services + "InternalsVisibleToAttribute");

    private bool IsOpen(TypeDefinition type)
    {
        for (TypeDefinition? level = type; level is not null; level = level.DeclaringType)
        {
            bool isInternal = level.IsNotPublic || level.IsNestedAssembly || level.IsNestedFamilyAndAssembly;
            if (level.IsNestedPrivate || (isInternal && !HasFriends()))
                return false;
        }

        return true;
    }

    private bool IsOrInherits(TypeDefinition type, TypeDefinition ancestor)
    {
        for (TypeDefinition? level = type; level is not null; level = level.BaseType is { Name.Length: > 0 } parent && parent.Scope == module ? parent.Resolve() : null)
        {
            if (level == ancestor)
                return true;
        }

        return false;
    }

    private IEnumerable<Finding> Entries(HashSet<MethodDefinition> entered, Func<MethodReference, MethodDefinition?> definition)
    {
        foreach (MethodDefinition member in module.GetTypes().SelectMany(t => t.Methods))
        {
            if (!member.HasCode() && AccessedName(member) is { } name && entered.FirstOrDefault(e => e.Name == name) is { } accessed)
                yield return Gap(accessed, $"is named by an [UnsafeAccessor] ({MemberName.Of(member)})");

            foreach (Instruction instruction in member.HasCode() ? member.Body.Instructions : [])
            {
                if (instruction.Operand is string text && entered.FirstOrDefault(e => e.Name == text) is { } found)
                    yield return Gap(found, $"is named by a text, at IL_{instruction.Offset:x4} of {MemberName.Of(member)}");
                if (instruction.Operand is MethodReference named && WrongEntry(instruction, named, member, entered, definition) is { } gap)
                    yield return gap;
            }
        }
    }

    private Finding? WrongEntry(Instruction instruction, MethodReference named, MethodDefinition by, HashSet<MethodDefinition> entered, Func<MethodReference, MethodDefinition?> definition)
    {
        MethodDefinition? meant = definition(named) ?? (IsForeignNameOfOwn(named) ? entered.FirstOrDefault(e => e.Name == named.Name) : null);
        if (meant is null || !entered.Contains(meant))
            return null;

        bool isCall = instruction.OpCode.Code is IL.Call or IL.Callvirt && instruction.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix } && definition(named) is not null;
        return (isCall, isTrusted(by)) switch
        {
            (true, false) => null,
            (true, true) => Gap(meant, $"is called by {MemberName.Of(by)}, which is trusted and proves nothing"),
            _ => Gap(meant, $"is named otherwise than by a plain call, at IL_{instruction.Offset:x4} of {MemberName.Of(by)}"),
        };
    }

    /// <summary>Whether a reference leads by way of an assembly's or a file's name to where it comes from.</summary>
    private bool IsForeignNameOfOwn(MethodReference named) => named.GetElementMethod().DeclaringType.Scope switch
    {
        AssemblyNameReference assembly => assembly.Name == module.Assembly?.Name.Name,
        ModuleDefinition => false,
        _ => true,
    };

    private static string? AccessedName(MethodDefinition member) =>
        member.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == Services + "UnsafeAccessorAttribute") is { } accessor
            ? accessor.Properties.FirstOrDefault(p => p.Name == "Name").Argument.Value as string ?? member.Name
            : null;

    private static Finding Gap(MethodDefinition member, string reason) => new(VerifierCode.SummaryNotClosed, $"What its callers prove is believed, or what it returns, but it {reason}; weave the original assembly again.", MemberName.Of(member));
}
