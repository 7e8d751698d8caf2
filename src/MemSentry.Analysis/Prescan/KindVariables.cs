using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace MemSentry.Analysis.Prescan;

/// <summary>What the variables of a body hold, and what else its member says of it. A variable that is not declared could hold anything.</summary>
internal sealed class KindVariables(TokenKinds tokens)
{
    private readonly List<SlotKind> _arguments = [];
    private ImmutableArray<SlotKind> _locals;

    /// <summary>What the member returns.</summary>
    public SlotKind Result { get; private set; }

    /// <summary>The type that declares the member.</summary>
    public TypeDefinitionHandle Type { get; private set; }

    /// <summary>Begins with a body.</summary>
    /// <param name="signature">The member's signature.</param>
    /// <param name="type">The type that declares it.</param>
    /// <param name="locals">What the local variables are.</param>
    public void Begin(MethodSignature<SlotKind> signature, TypeDefinitionHandle type, ImmutableArray<SlotKind> locals)
    {
        _arguments.Clear();
        if (signature.Header.IsInstance)
        {
            _arguments.Add(tokens.This(type));
        }

        _arguments.AddRange(signature.ParameterTypes);
        _locals = locals;
        Result = signature.ReturnType;
        Type = type;
    }

    /// <summary>What an argument is.</summary>
    public SlotKind Argument(int index) => index < _arguments.Count ? _arguments[index] : SlotKind.Address;

    /// <summary>What a local variable is.</summary>
    public SlotKind Local(int index) => index < _locals.Length ? _locals[index] : SlotKind.Address;
}
