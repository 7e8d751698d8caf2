using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Leads debug information to its new place: sequence points, local scopes, and the tables of async members and iterators. The sequence
/// point of an access moves to its check, so that a breakpoint stops before the check and a violation reports the line of the access.
/// </summary>
internal sealed class DebugPositions
{
    private readonly Instruction[] _input;
    private readonly int[] _offsets;
    private readonly MovedReferences _moved;

    /// <summary>Reads the offsets of the input, which must be right at this moment.</summary>
    public DebugPositions(Instruction[] input, MovedReferences moved)
    {
        _input = input;
        _offsets = Array.ConvertAll(input, i => i.Offset);
        _moved = moved;
    }

    /// <summary>Moves everything that a member's debug information says about IL offsets.</summary>
    public void Move(MethodDefinition method)
    {
        MethodDebugInformation debug = method.DebugInformation;
        MoveSequencePoints(debug);
        foreach (ScopeDebugInformation scope in debug.GetScopes())
        {
            scope.Start = Of(scope.Start);
            scope.End = Of(scope.End);
        }

        // Cecil keeps the tables at the member when it has read them; other weavers may have put theirs at the debug information.
        foreach (CustomDebugInformation custom in method.CustomDebugInformations.Concat(debug.CustomDebugInformations))
            MoveStateMachine(custom);
    }

    private void MoveSequencePoints(MethodDebugInformation debug)
    {
        var points = new List<SequencePoint>(debug.SequencePoints.Count);
        Instruction? last = null;
        foreach (SequencePoint point in debug.SequencePoints.OrderBy(p => p.Offset))
        {
            if (AtOrAfter(point.Offset) is not { } instruction)
                continue;

            // A removed marker call hands its point to the statement behind it, which may have one: that one stays. Two points at one
            // offset would not even be readable (the Portable PDB format takes a distance of 0 for a change of document).
            if (instruction == last)
                points.RemoveAt(points.Count - 1);

            points.Add(At(point, instruction));
            last = instruction;
        }

        debug.SequencePoints.Clear();
        foreach (SequencePoint point in points)
            debug.SequencePoints.Add(point);
    }

    private static SequencePoint At(SequencePoint point, Instruction instruction) => new(instruction, point.Document)
    {
        StartLine = point.StartLine,
        StartColumn = point.StartColumn,
        EndLine = point.EndLine,
        EndColumn = point.EndColumn,
    };

    private void MoveStateMachine(CustomDebugInformation custom)
    {
        switch (custom)
        {
            case AsyncMethodBodyDebugInformation async:
                async.CatchHandler = Of(async.CatchHandler);
                Move(async.Yields);
                Move(async.Resumes);
                break;
            case StateMachineScopeDebugInformation stateMachine:
                foreach (StateMachineScope scope in stateMachine.Scopes)
                {
                    scope.Start = Of(scope.Start);
                    scope.End = Of(scope.End);
                }

                break;
        }
    }

    private void Move(Mono.Collections.Generic.Collection<InstructionOffset> offsets)
    {
        for (int i = 0; i < offsets.Count; i++)
            offsets[i] = Of(offsets[i]);
    }

    private InstructionOffset Of(InstructionOffset position)
    {
        // -1 says "no catch handler" in the table of async members.
        if (position.IsEndOfMethod || position.Offset < 0)
            return position;

        return AtOrAfter(position.Offset) is { } instruction ? new InstructionOffset(instruction) : default;
    }

    private Instruction? AtOrAfter(int offset)
    {
        int index = Array.BinarySearch(_offsets, offset);
        index = index < 0 ? ~index : index;
        return index == _input.Length ? null : _moved.Of(_input[index]);
    }
}
