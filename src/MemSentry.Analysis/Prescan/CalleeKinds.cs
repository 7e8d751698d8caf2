using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using MemSentry.AccessTable;
using MethodReference = Mono.Cecil.MethodReference;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;

namespace MemSentry.Analysis.Prescan;

/// <summary>Finds out what callees take and return.</summary>
internal sealed class CalleeKinds(ModuleDefinition module, MetadataReader metadata, TypeKinds types, SignatureKinds signatures, DeclaringTypes declaring)
{
    /// <summary>What a callee takes and returns; <see cref="CallKinds.Unknown"/> if something may have to hold that signatures do not say.</summary>
    public CallKinds Find(EntityHandle token)
    {
        if (token.Kind != HandleKind.MethodSpecification)
        {
            return Find(token, default);
        }

        MethodSpecification instance = metadata.GetMethodSpecification((MethodSpecificationHandle)token);
        return Find(instance.Method, instance.DecodeSignature(signatures, default));
    }

    private CallKinds Find(EntityHandle token, ImmutableArray<SlotKind> arguments)
    {
        switch (token.Kind)
        {
            case HandleKind.MethodDefinition:
                MethodDefinition definition = metadata.GetMethodDefinition((MethodDefinitionHandle)token);
                TypeDefinitionHandle type = definition.GetDeclaringType();
                return declaring.IsGeneric(type) || NeedsAnalysis(token, type, definition.Name)
                    ? CallKinds.Unknown
                    : Shape(definition.DecodeSignature(signatures, new TypeArguments(default, arguments)), arguments, types.Of(type), type);
            case HandleKind.MemberReference:
                MemberReference reference = metadata.GetMemberReference((MemberReferenceHandle)token);
                return declaring.Of(reference) is not { } parent || NeedsAnalysis(token, parent.Type, reference.Name)
                    ? CallKinds.Unknown
                    : Shape(reference.DecodeMethodSignature(signatures, new TypeArguments(parent.Arguments, arguments)), arguments, signatures.Of(metadata, reference.Parent), reference.Parent);
            default:
                return CallKinds.Unknown;
        }
    }

    private static CallKinds Shape(MethodSignature<SlotKind> signature, ImmutableArray<SlotKind> arguments, SlotKind kind, EntityHandle type) =>
        signature.Header.CallingConvention != SignatureCallingConvention.Default || signature.Header.HasExplicitThis || signature.Header.IsGeneric == arguments.IsDefault
            ? CallKinds.Unknown
            : new CallKinds(signature.Header.IsInstance, [.. signature.ParameterTypes], signature.ReturnType, kind, type);

    /// <summary>Whether the access table may say more of the callee than that its references have to stand: of a length, say, or of a handle.</summary>
    private bool NeedsAnalysis(EntityHandle callee, EntityHandle type, StringHandle name)
    {
        if (types.RowsOf(type) is not { } rows)
        {
            return true;
        }

        return rows.Count > 0 && metadata.GetString(name) is var member && rows.Any(r => r.MayKnow(member)) && ContractMatters(callee);
    }

    /// <summary>
    /// Overloads differ by their shapes. Only members of types without type parameters can be looked up here: outside the member that uses the token nobody
    /// knows what the parameters stand for.
    /// </summary>
    private bool ContractMatters(EntityHandle callee) =>
        callee.Kind != HandleKind.MemberReference
        || metadata.GetMemberReference((MemberReferenceHandle)callee).Parent.Kind != HandleKind.TypeReference
        || (ApiTable.Find((MethodReference)module.LookupToken(MetadataTokens.GetToken(callee))) is { } contract && !contract.Operands.All(IsPlain));

    /// <summary>Whether an operand is accessed where it is, within a bound that no other operand sets.</summary>
    private static bool IsPlain(ApiOperand operand) =>
        operand.Role is OperandRole.Load or OperandRole.Store or OperandRole.LoadAndStore or OperandRole.Exempt
        && operand.Displacement is null
        && operand.Extent.Kind is not (ExtentKind.Counted or ExtentKind.Lanes);
}
