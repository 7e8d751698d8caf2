using MemSentry.Analysis.Members;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Summaries;

/// <summary>
/// Which members are entered by plain calls from woven members of the same module and in no other way.
/// <para>
/// They cannot be named outside (<see cref="ModuleBorder"/>). Inside, every instruction that names one is looked at: a <c>call</c> or <c>callvirt</c> without a prefix that makes another kind of call of it, in a member that is
/// not whitelisted. Whoever takes the entry (<c>ldftn</c>, <c>ldtoken</c>, a delegate) may hand it to anybody; <c>jmp</c> hands on arguments that nobody looks at; whitelisted code proves nothing.
/// Members marked <c>[UnsafeAccessor]</c> name others by a string, and so does reflection in the module: whose name is a text there is open. Reflection that finds them otherwise, or in other assemblies, gets round the
/// rules of access, as does the same attribute there: they are a limit that the README names.
/// </para>
/// </summary>
internal sealed class ClosedMembers
{
    private readonly HashSet<MethodDefinition> _open = [];
    private readonly HashSet<(MethodDefinition Caller, MethodDefinition Callee)> _calls = [];
    private readonly HashSet<MethodDefinition> _called = [];
    private readonly HashSet<string> _byName = [];
    private readonly bool _anyCanBeNamed;
    private readonly ModuleBorder _border;

    /// <param name="members">The module.</param>
    /// <param name="whitelist">Who proves nothing.</param>
    /// <param name="asked">The members of which it will be asked.</param>
    public ClosedMembers(ModuleMembers members, Whitelist whitelist, IReadOnlySet<MethodDefinition> asked)
    {
        _border = new ModuleBorder(members.Module);
        HashSet<string> names = [.. asked.Select(m => m.Name)];
        string own = members.Module.Assembly?.Name.Name ?? "";
        foreach (MethodDefinition method in members.All)
        {
            FindAccessor(method);
        }

        foreach (MethodDefinition method in members.Unsettled)
        {
            foreach (Instruction instruction in method.Body.Instructions)
            {
                if (instruction.Operand is string text && names.Contains(text))
                {
                    _byName.Add(text);
                }

                if (instruction.Operand is not MethodReference reference || !names.Contains(reference.Name))
                {
                    continue;
                }

                TypeReference type = reference.GetElementMethod().DeclaringType;
                _anyCanBeNamed |= type.Scope is ModuleReference and not ModuleDefinition || (type.Scope is AssemblyNameReference assembly && assembly.Name == own);
                if (type.Scope == members.Module && type is { Name.Length: > 0 } and not ArrayType)
                {
                    Look(instruction, method, whitelist, reference.GetElementMethod().Resolve(), asked);
                }
            }
        }
    }

    /// <summary>Which members call which of those that were asked for.</summary>
    public IReadOnlyCollection<(MethodDefinition Caller, MethodDefinition Callee)> Calls => _calls;

    /// <summary>Whether a member is closed. One that nobody calls is there to be called in a way that nobody sees.</summary>
    public bool Include(MethodDefinition method) => IsCalled(method) && !_anyCanBeNamed && !_open.Contains(method) && !_byName.Contains(method.Name) && !_border.IsVisible(method);

    /// <summary>Whether a member is called in the module at all.</summary>
    public bool IsCalled(MethodDefinition method) => _called.Contains(method);

    private void Look(Instruction instruction, MethodDefinition caller, Whitelist whitelist, MethodDefinition? named, IReadOnlySet<MethodDefinition> asked)
    {
        if (named is null || !asked.Contains(named))
        {
            return;
        }

        bool isPlainCall = instruction.OpCode.Code is Code.Call or Code.Callvirt && instruction.Previous is not { OpCode.OpCodeType: OpCodeType.Prefix };
        if (isPlainCall)
        {
            _calls.Add((caller, named));
            _called.Add(named);
        }

        if (!isPlainCall || whitelist.Contains(caller))
        {
            _open.Add(named);
        }
    }

    private void FindAccessor(MethodDefinition method)
    {
        CustomAttribute? accessor = method.HasInstructions() || !method.HasCustomAttributes ? null
            : method.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.UnsafeAccessorAttribute");
        if (accessor is not null)
        {
            _byName.Add(accessor.Properties.Where(p => p.Name == "Name").Select(p => p.Argument.Value as string).FirstOrDefault() ?? method.Name);
        }
    }
}
