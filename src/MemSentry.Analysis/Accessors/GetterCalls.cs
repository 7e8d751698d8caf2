using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// Puts the code of getters in the place of their calls, where a member calls one more than once: <c>Header->Size - Header->Used</c>. Then it can be seen that both calls bring the same pointer
/// (<see cref="Reloads.RepeatedLoads"/>).
/// <para>
/// Argument: the code does to the object on the stack what the member does to its <c>this</c>, beginning with a field, so that <see langword="null"/> throws as it does in the call or
/// in the member. The rest is that of <see cref="AccessorCalls"/>.
/// </para>
/// </summary>
public sealed class GetterCalls
{
    private readonly Whitelist _whitelist;
    private readonly Dictionary<MethodDefinition, Getter?> _getters = [];

    private GetterCalls(Whitelist whitelist) => _whitelist = whitelist;

    /// <summary>Puts them in, without numbering anything anew: the code has offsets inside the call that it takes the place of.</summary>
    /// <param name="members">The module's members, with offsets that are right.</param>
    /// <param name="options">The user's choices: nothing is done where nothing is gained by knowing what a load brings.</param>
    /// <returns>How many calls gave way.</returns>
    public static int Replace(ModuleMembers members, WeaverOptions options)
    {
        bool saves = options.CarriesProofs(PlanningPass.Displacement, PlanningPass.Accessors, PlanningPass.Reloads);
        if (!saves)
        {
            return 0;
        }

        var calls = new GetterCalls(Whitelist.Find(members.Module, options, []));
        return members.Unsettled.Where(m => m.HasInstructions() && !calls._whitelist.Contains(m)).Sum(calls.ReplaceIn);
    }

    private int ReplaceIn(MethodDefinition member)
    {
        Instruction[] repeated =
        [
            .. member.Body.Instructions.Where(i => GetterIn(i, member) is not null).GroupBy(i => i.Operand).Where(g => g.Skip(1).Any()).SelectMany(g => g),
        ];
        if (repeated.Length == 0 || member.Body.Instructions.Any(Markers.IsMarker))
        {
            return 0;
        }

        foreach (Instruction call in repeated)
        {
            CallReplacement.Put(member.Body, call, GetterIn(call, member)!.Code);
        }

        return repeated.Length;
    }

    private Getter? GetterIn(Instruction call, MethodDefinition caller)
    {
        if (call is not { OpCode.Code: Code.Call or Code.Callvirt, Operand: MethodDefinition { HasThis: true, HasParameters: false } callee, Previous: not { OpCode.OpCodeType: OpCodeType.Prefix } })
        {
            return null;
        }

        if (!_getters.TryGetValue(callee, out Getter? getter))
        {
            _getters.Add(callee, getter = _whitelist.Contains(callee) ? null : Getter.Of(callee));
        }

        return getter?.IsVisibleTo(caller) == true ? getter : null;
    }
}
