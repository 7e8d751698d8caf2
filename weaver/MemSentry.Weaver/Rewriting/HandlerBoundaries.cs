using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Leads protected regions and handlers to their new boundaries. The check of an access that is the first of a region lies inside it, as
/// the access does; the check of an access right behind a region lies behind it too (ends are exclusive: ECMA-335 II.25.4.6).
/// </summary>
internal static class HandlerBoundaries
{
    /// <summary>Moves the boundaries of all handlers of a body.</summary>
    public static void Move(MethodBody body, MovedReferences moved)
    {
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = moved.OfBoundary(handler.TryStart);
            handler.TryEnd = moved.OfBoundary(handler.TryEnd);
            handler.FilterStart = moved.OfBoundary(handler.FilterStart);
            handler.HandlerStart = moved.OfBoundary(handler.HandlerStart);
            handler.HandlerEnd = moved.OfBoundary(handler.HandlerEnd);
        }
    }
}
