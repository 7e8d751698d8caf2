using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Proving;

/// <summary>Proves one member body, or says where the proof ends.</summary>
internal sealed class MemberProof(WovenSettings settings, Obligations obligations, MemoryRules rules, TypeShapes shapes, CallTargets targets, TrustedAccesses trusted)
{
    /// <summary>How much the options asked for so far.</summary>
    public int Owed { get; private set; }

    /// <summary>The gaps in the proof, in the order of the code; empty if there are none.</summary>
    public IReadOnlyList<Finding> GapsIn(MethodDefinition member)
    {
        var gaps = new List<Finding>();
        try
        {
            var code = new BodyCode(member.Body);
            Fixpoint fixpoint = Fixpoint.Of(code, new Variables(member.Body, shapes), shapes, targets);
            fixpoint.Visit((instruction, frame) => Look(member, instruction, frame, gaps));
        }
        catch (RejectionException e)
        {
            gaps.Add(new Finding(e.Code, e.Message, MemberName.Of(member), Position: SourcePositions.Of(member, 0)));
        }
        catch (AssemblyResolutionException e)
        {
            gaps.Add(new Finding(VerifierCode.ReferenceNotFound,
                $"It uses {e.AssemblyReference.FullName}, which was not found; name its folder with --reference.", MemberName.Of(member), Position: SourcePositions.Of(member, 0)));
        }

        return gaps;
    }

    private void Look(MethodDefinition member, Instruction instruction, Frame frame, List<Finding> gaps)
    {
        foreach (Obligation owed in obligations.Of(instruction, frame, member))
        {
            // A marker allows one load or store; it does not vouch for what becomes a reference on the way.
            bool isAllowed = owed.Kind is AccessKind.Load or AccessKind.Store && trusted.Allow(member, instruction.Offset);
            if (!settings.AskFor(owed.Kind))
                continue;

            Owed++;
            if (!owed.IsMet && !isAllowed)
                Add(CodeOf(owed.Kind), ReasonOf(owed));
        }

        if (rules.BrokenBy(instruction, frame) is { } broken)
            Add(broken.Code, broken.Reason);

        void Add(VerifierCode code, string reason) => gaps.Add(new Finding(
            code, reason, MemberName.Of(member), instruction.Offset, instruction.OpCode.Name, SourcePositions.Of(member, instruction.Offset)));
    }

    private static VerifierCode CodeOf(AccessKind kind) => kind switch
    {
        AccessKind.Conversion => VerifierCode.ConversionNotProven,
        AccessKind.Escape => VerifierCode.EscapeNotProven,
        _ => VerifierCode.AccessNotProven,
    };

    private static string ReasonOf(Obligation owed) => owed.Kind switch
    {
        AccessKind.Load => "The address it reads from is not checked on every path to here.",
        AccessKind.Store => "The address it writes to is not checked on every path to here.",
        AccessKind.Escape => "The pointer leaves woven code and is not checked on every path to here.",
        _ when owed.Value.Proof == Proof.None => "The address crosses a border as a managed reference and is not checked on every path to here.",
        _ => $"The reference lies somewhere in a larger structure and crosses a border as another type than it has ({owed.Type?.FullName}).",
    };
}
