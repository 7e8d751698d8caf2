using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Reading;

/// <summary>
/// The scopes of local variables begin at an instruction. Of one that begins behind the last, which only damaged debug information has, Cecil knows
/// no place and fails when it writes the assembly.
/// </summary>
internal static class LocalScopes
{
    /// <summary>Looks at the scopes of a member.</summary>
    /// <exception cref="BadImageFormatException">One begins nowhere.</exception>
    public static void Require(MethodDefinition method)
    {
        // Reading it reads the body, too.
        MethodDebugInformation debug = method.DebugInformation;
        if (debug.Scope is not null && debug.GetScopes().Any(s => s.Start.IsEndOfMethod || s.Start.Offset >= method.Body.CodeSize))
            throw new BadImageFormatException("A scope of local variables begins behind the last instruction.");
    }
}
