using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>Why a whitelisted member cannot become a gate and a twin.</summary>
internal static class GateRefusals
{
    /// <summary>MethodImplOptions.Async of .NET 10: the runtime itself cuts the body into pieces.</summary>
    private const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    /// <summary>The reason, as the end of a sentence; null if there is none.</summary>
    public static string? Find(MethodDefinition method, ReferenceHolders holders)
    {
        if (method.ImplAttributes.HasFlag(RuntimeAsync))
            return "it is async by means of the runtime (MethodImplOptions.Async), which continues it on other threads without leaving it";
        if (method.CallingConvention == MethodCallingConvention.VarArg)
            return "it has variable arguments (__arglist), which a gate cannot pass on";
        if (method.Body.Instructions.FirstOrDefault(i => i.OpCode.Code is Code.Jmp) is not null)
            return "it leaves by jmp, past its gate";

        return method.Parameters.Select(p => Find(p.ParameterType, $"its parameter '{p.Name}'", holders)).FirstOrDefault(r => r is not null)
            ?? (method is { HasThis: true, DeclaringType.IsValueType: true } && holders.Include(method.DeclaringType)
                ? "it belongs to a ref struct, whose references others have made and no check can look at" : null);
    }

    private static string? Find(TypeReference type, string what, ReferenceHolders holders)
    {
        TypeReference bare = StackTypes.WithoutModifiers(type);
        bool isHeldBehind = bare is ByReferenceType reference && holders.Include(reference.ElementType);
        bool isHeld = bare is not ByReferenceType && holders.Include(bare) && !ReferenceHolders.IsSpan(bare);
        return isHeld || isHeldBehind ? $"{what} is a {type.FullName}, whose references others have made and no check can look at" : null;
    }

    /// <summary>Why a whitelisted member without a body of IL cannot be trusted; null if it is not marked itself, or has one.</summary>
    public static string? FindWithoutBody(MethodDefinition method) =>
        (method.IsPInvokeImpl || method.IsInternalCall || method.IsRuntime)
        && method.CustomAttributes.Any(a => a.AttributeType.FullName is MemSentryNames.SafeRegionAccess or MemSentryNames.Section)
            ? "its body is not IL (extern), so nobody would open the window for it" : null;
}
