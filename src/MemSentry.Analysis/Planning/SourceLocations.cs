using MemSentry.Analysis.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>Finds the source line of an instruction through the member's sequence points.</summary>
public static class SourceLocations
{
    /// <summary>The line of an instruction, or of the member's first line if none is given; null without debug information.</summary>
    public static SourceLocation? Of(MethodDefinition method, Instruction? instruction)
    {
        int offset = instruction?.Offset ?? 0;
        SequencePoint? point = method.DebugInformation.SequencePoints
            .Where(p => !p.IsHidden)
            .OrderBy(p => p.Offset > offset)
            .ThenBy(p => Math.Abs(p.Offset - offset))
            .FirstOrDefault();
        return point is null ? null : new SourceLocation(point.Document.Url, point.StartLine, point.StartColumn);
    }
}
