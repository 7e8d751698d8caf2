using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// The parameters that a gate compares with the block. Callers are not instrumented under a domain-based method; an address of a region that one of them
/// made up would turn the whitelisted member into its deputy.
/// </summary>
internal static class GateParameters
{
    /// <summary>Stands for the receiver of a structure's member.</summary>
    public const int Receiver = -1;

    public static IEnumerable<int> Checked(MethodDefinition method, WeaverOptions options)
    {
        if (method is { HasThis: true, DeclaringType.IsValueType: true })
            yield return Receiver;

        foreach (ParameterDefinition parameter in method.Parameters)
        {
            if (!AcceptedRegions.Include(parameter) && IsAddress(StackTypes.WithoutModifiers(parameter.ParameterType), options))
                yield return parameter.Index;
        }
    }

    private static bool IsAddress(TypeReference type, WeaverOptions options) => type switch
    {
        ByReferenceType => true,
        _ when ReferenceHolders.IsSpan(type) => true,
        PointerType or FunctionPointerType => options.VerifyExternalCallArgs,
        { MetadataType: MetadataType.IntPtr or MetadataType.UIntPtr } => options.VerifyExternalCallArgs,
        _ => ApiTable.IsHandle(type) && options.VerifyExternalCallArgs,
    };
}
