using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Facts;

/// <summary>Finds source lines. Debug information is read only when something is to be reported.</summary>
internal static class SourcePositions
{
    /// <summary>The line of an instruction: that of the last sequence point before it; null without debug information.</summary>
    public static SourcePosition? Of(MethodDefinition member, int offset)
    {
        if (!member.Module.HasSymbols)
            return null;

        SequencePoint? point = member.DebugInformation.SequencePoints.Where(p => !p.IsHidden).LastOrDefault(p => p.Offset <= offset);
        return point is null ? null : new SourcePosition(point.Document.Url, point.StartLine, point.StartColumn);
    }
}
