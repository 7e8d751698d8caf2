using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// Puts accessors of the module into the loops that call them, so that one check on the way into the loop serves them: <c>while (ReadInt16(text, offset) != 0) offset += 2</c>. The check that
/// an accessor makes of its own parameter would run in each round.
/// <para>
/// Argument: the code that takes a call's place does to the arguments, as they lie on the stack, what the member does (<see cref="AccessorReader"/>), and the arguments have the very types
/// of its parameters (<see cref="AccessorSites"/>), so that the call converted nothing. No static constructor, security demand or attribute of either member makes a difference. The JIT puts members of this size into their
/// callers, too. Everything that is proven or checked is found out afterwards, of the body as it is then.
/// </para>
/// <para>
/// So wrong code in a call's place would be checked like any other, and the verifier has nothing to say of it: it would be another result, and no hole. What shows it is what members do, woven and
/// unwoven: tests of each kind of accessor, and the fuzzer, which calls some.
/// </para>
/// </summary>
public sealed class AccessorCalls
{
    private readonly Whitelist _whitelist;
    private readonly Dictionary<MethodDefinition, Accessor?> _accessors = [];

    private AccessorCalls(Whitelist whitelist) => _whitelist = whitelist;

    /// <summary>Puts them in, without numbering anything anew: the code has offsets inside the call that it takes the place of.</summary>
    /// <param name="members">The module's members, with offsets that are right.</param>
    /// <param name="options">The user's choices: nothing is done where checks are not moved out of loops.</param>
    /// <returns>How many calls gave way.</returns>
    public static int Replace(ModuleMembers members, WeaverOptions options)
    {
        bool moves = options.CarriesProofs(PlanningPass.Displacement, PlanningPass.Hoisting, PlanningPass.Accessors);
        if (!moves)
        {
            return 0;
        }

        var calls = new AccessorCalls(Whitelist.Find(members.Module, options, []));
        return members.Unsettled.Where(m => m.HasInstructions() && !calls._whitelist.Contains(m)).Sum(m => calls.ReplaceIn(m.Body));
    }

    private int ReplaceIn(MethodBody body)
    {
        int replaced = 0;
        AccessorSites? sites = null;
        for (int i = body.Instructions.Count - 1; i >= 0; i--)
        {
            Instruction call = body.Instructions[i];
            if (call is { OpCode.Code: Code.Call, Operand: MethodDefinition callee } && AccessorIn(callee) is { } accessor
                && (sites ??= new AccessorSites(body)).Include(call, accessor.HasOffset))
            {
                CallReplacement.Put(body, call, accessor.Code);
                replaced++;
            }
        }

        return replaced;
    }

    private Accessor? AccessorIn(MethodDefinition method)
    {
        if (!_accessors.TryGetValue(method, out Accessor? accessor))
        {
            _accessors.Add(method, accessor = _whitelist.Contains(method) ? null : Accessor.Of(method));
        }

        return accessor;
    }
}
