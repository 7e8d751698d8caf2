using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Trust;

/// <summary>Recognises the marker call that allows one access (<c>memsentry_saferegion_access</c> of the original MemSentry).</summary>
internal static class Markers
{
    /// <summary>Whether an instruction is the marker call.</summary>
    public static bool IsMarker(Instruction instruction) =>
        instruction.OpCode.Code == Code.Call
        && instruction.Operand is MethodReference { Name: MemSentryNames.MarkerCall } callee
        && callee.DeclaringType.FullName == MemSentryNames.Markers;
}
