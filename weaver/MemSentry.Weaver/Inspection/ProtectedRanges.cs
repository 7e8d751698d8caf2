using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Inspection;

/// <summary>The exception clauses of a body as text, in the order the runtime looks at them.</summary>
internal static class ProtectedRanges
{
    public static IReadOnlyList<string> Of(MethodBody body, int size)
    {
        string Range(Instruction start, Instruction? end) => $"{InstructionText.Label(start.Offset)} to {InstructionText.Label(end?.Offset ?? size)}";

        return [.. body.ExceptionHandlers.Select(h => $"try {Range(h.TryStart, h.TryEnd)} {Kind(h)} {Range(h.HandlerStart, h.HandlerEnd)}")];
    }

    private static string Kind(ExceptionHandler handler) => handler.HandlerType switch
    {
        ExceptionHandlerType.Catch => $"catch {handler.CatchType.FullName}",
        ExceptionHandlerType.Filter => $"filter {InstructionText.Label(handler.FilterStart.Offset)} handler",
        ExceptionHandlerType.Fault => "fault",
        _ => "finally",
    };
}
