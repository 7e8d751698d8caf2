namespace MemSentry.AccessTable;

/// <summary>One row of the table: what the members of one name (and shape) do with their operands.</summary>
public sealed class ApiRow
{
    internal const string FieldPrefix = "field ";

    internal ApiRow(string pattern, IReadOnlyList<ApiOperand> operands)
    {
        int shape = pattern.IndexOf('(', StringComparison.Ordinal);
        Pattern = pattern;
        NamePattern = shape < 0 ? pattern : pattern[..shape];
        Shape = shape < 0 ? null : pattern[(shape + 1)..^1];
        Operands = operands;
    }

    /// <summary>
    /// The member's name, which may end in <c>*</c>, and after it perhaps its parameters in C# notation: <c>Add(ref !!0, int)</c>.
    /// <c>_</c> stands for any one parameter, a final <c>...</c> for any more. A field is written <c>field name</c>.
    /// </summary>
    public string Pattern { get; }

    /// <summary>The operands that the row names.</summary>
    public IReadOnlyList<ApiOperand> Operands { get; }

    /// <summary>
    /// The role of every pointer, native integer and handle that the row does not name; null if it must name them all. A pointer is never exempt
    /// by this rule.
    /// </summary>
    public OperandRole? Others { get; internal init; }

    /// <summary>The extent of the accesses through <see cref="Others"/>.</summary>
    public Extent OthersExtent { get; internal init; } = Extent.Unknown;

    /// <summary>What the result is; null if the signature tells: untrusted if it is an address, otherwise unrelated.</summary>
    public ApiResult? Result { get; internal init; }

    /// <summary>Why no operand, or none that the row does not name, is ever used as an address; null for rows without such operands.</summary>
    public string? Reason { get; internal init; }

    /// <summary>Whether this is the default for members of a type that the table does not name.</summary>
    public bool IsDefault { get; internal init; }

    internal string NamePattern { get; }

    internal string? Shape { get; }

    internal bool IsField => NamePattern.StartsWith(FieldPrefix, StringComparison.Ordinal);

    internal bool HasName(string name) =>
        IsField == name.StartsWith(FieldPrefix, StringComparison.Ordinal)
        && (NamePattern.EndsWith('*') ? name.AsSpan().StartsWith(NamePattern.AsSpan()[..^1], StringComparison.Ordinal) : name == NamePattern);

    internal bool Matches(string name, string shape) =>
        HasName(name)
        && (Shape is null || SignatureShape.Matches(Shape, shape));

    internal ApiRow With(ApiResult result) => new(Pattern, Operands)
    {
        Others = Others,
        OthersExtent = OthersExtent,
        Result = result,
        Reason = Reason,
        IsDefault = IsDefault,
    };

    /// <inheritdoc/>
    public override string ToString() => Pattern;
}
