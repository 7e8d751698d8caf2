using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using GenericParameterAttributes = Mono.Cecil.GenericParameterAttributes;
using IGenericParameterProvider = Mono.Cecil.IGenericParameterProvider;
using MethodDefinition = Mono.Cecil.MethodDefinition;

namespace MemSentry.Analysis.Prescan;

/// <summary>Goes through the IL bytes of one body after another, from the first instruction to the last, and gives up at what is not settled at once.</summary>
internal sealed class BodyScan
{
    /// <summary><c>allows ref struct</c>, which Cecil has no name for.</summary>
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    private readonly KindStack _stack = new();
    private readonly BranchStates _branches = new();
    private readonly KindRules _rules;
    private readonly KindTransfer _transfer;
    private readonly TokenKinds _tokens;

    public BodyScan(TokenKinds tokens)
    {
        _tokens = tokens;
        _rules = new KindRules(_stack);
        _transfer = new KindTransfer(tokens, _stack, _branches, _rules);
    }

    /// <summary>The number of operands in the accepted body of which something has to hold.</summary>
    public int Proven => _rules.Proven;

    /// <summary>Whether nothing in a member has to be checked, for sure.</summary>
    /// <exception cref="BadImageFormatException">The metadata are damaged.</exception>
    public bool Accepts(MethodDefinition method, MethodBodyBlock body)
    {
        if (MayStandForRefStructs(method) || MayStandForRefStructs(method.DeclaringType))
        {
            return false;
        }

        MethodSignature<SlotKind> signature = _tokens.Signature(MetadataTokens.MethodDefinitionHandle((int)method.MetadataToken.RID));
        _transfer.Begin(signature, MetadataTokens.TypeDefinitionHandle((int)method.DeclaringType.MetadataToken.RID), _tokens.Locals(body.LocalSignature));
        return Scan(body);
    }

    private static bool MayStandForRefStructs(IGenericParameterProvider provider) =>
        provider.HasGenericParameters && provider.GenericParameters.Any(p => p.Attributes.HasFlag(AllowByRefLike));

    private bool Scan(MethodBodyBlock body)
    {
        BlobReader code = body.GetILReader();
        _stack.Reset();
        _rules.Reset();
        _branches.Reset(code.Length);
        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            _branches.Enter(region);
        }

        bool fallsThrough = true;
        while (code.RemainingBytes > 0)
        {
            _branches.Begin(code.Offset, _stack, fallsThrough);
            fallsThrough = _transfer.Execute(ref code);
            if (_stack.HasFailed || !_branches.Agree)
            {
                return false;
            }
        }

        return !fallsThrough && _branches.AreComplete;
    }
}
