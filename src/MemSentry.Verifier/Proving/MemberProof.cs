using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Reading;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Proving;

/// <summary>Proves one member body, or says where the proof ends.</summary>
internal sealed class MemberProof(WovenSettings settings, TypeShapes shapes, CallTargets targets, NativeEntries entries, TrustedAccesses trusted)
{
    private readonly Obligations _obligations = new(targets, shapes, new AddressDemands(settings));

    /// <summary>How much the options asked for so far.</summary>
    public int Owed { get; private set; }

    /// <summary>How many bodies were read so far.</summary>
    public int Members { get; private set; }

    /// <summary>The gaps in the proof, in the order of the code; empty if there are none.</summary>
    public IReadOnlyList<Finding> GapsIn(MethodDefinition member)
    {
        var gaps = new List<Finding>();
        try
        {
            if (!member.HasCode())
                return gaps;

            Members++;
            var variables = new Variables(member.Body, shapes, entries.Include(member), targets.Summaries);
            Fixpoint fixpoint = Solve(new BodyCode(member.Body), variables);
            fixpoint.Visit((instruction, frame) => Look(member, variables, instruction, frame, gaps));
        }
        catch (RejectionException e)
        {
            gaps.Add(Rejected(member, e));
        }
        catch (AssemblyResolutionException e)
        {
            gaps.Add(Rejected(member, ReferenceFolders.Missing(e.AssemblyReference)));
        }
        catch (Exception e) when (MalformedCode.Explains(e))
        {
            gaps.Add(new Finding(VerifierCode.NotUnderstood,
                $"Its code or what it refers to is damaged ({e.GetType().Name}), so nothing is proven here; build and weave the assembly again.", MemberName.Of(member)));
        }

        return gaps;
    }

    private static Finding Rejected(MethodDefinition member, RejectionException reason) =>
        new(reason.Code, reason.Message, MemberName.Of(member), Position: SourcePositions.Of(member, 0));

    /// <summary>A body that leaks the address of a variable is solved again, without faith in what such variables hold.</summary>
    private Fixpoint Solve(BodyCode code, Variables variables)
    {
        Fixpoint fixpoint = Fixpoint.Of(code, variables, shapes, targets, settings.Trust == Trust.Frame);
        if (!variables.CanBeLeaked)
            return fixpoint;

        var leaks = new Leaks(shapes, targets, variables);
        fixpoint.Visit((instruction, frame) => variables.AreLeaked |= leaks.Include(instruction, frame, Exposure.Own));
        return variables.AreLeaked ? Fixpoint.Of(code, variables, shapes, targets, settings.Trust == Trust.Frame) : fixpoint;
    }

    private void Look(MethodDefinition member, Variables variables, Instruction instruction, Frame frame, List<Finding> gaps)
    {
        foreach (Obligation owed in _obligations.Of(instruction, frame, member, variables))
        {
            // A marker allows one load or store; it does not vouch for what becomes a reference on the way.
            bool isAllowed = owed.Kind is AccessKind.Load or AccessKind.Store && trusted.Allow(member, instruction.Offset);
            if (!settings.AskFor(owed.Kind))
                continue;

            Owed++;
            if (!owed.IsMet && !isAllowed)
            {
                gaps.Add(new Finding(owed.Code, owed.Reason, MemberName.Of(member), instruction.Offset, instruction.OpCode.Name,
                    SourcePositions.Of(member, instruction.Offset)));
            }
        }
    }
}
