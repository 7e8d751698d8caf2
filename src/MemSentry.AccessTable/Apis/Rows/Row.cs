namespace MemSentry.AccessTable;

/// <summary>The words that rows are written in.</summary>
internal static class Row
{
    public static ApiRow Member(string pattern, params ApiOperand[] operands) => new(pattern, operands);

    /// <summary>Every pointer, native integer and handle of these members escapes.</summary>
    public static ApiRow Escapes(string pattern, params ApiOperand[] operands) => new(pattern, operands) { Others = OperandRole.Escape };

    /// <summary>These members have no operand that could be an address. One that gets such an operand some day is no longer covered.</summary>
    public static ApiRow Harmless(string pattern, string reason) => new(pattern, []) { Reason = reason };

    /// <summary>No native integer or handle of these members is used as an address.</summary>
    public static ApiRow Exempt(string pattern, string reason, params ApiOperand[] operands) =>
        new(pattern, operands) { Others = OperandRole.Exempt, Reason = reason };

    /// <summary>Every pointer of these members is accessed in the same way.</summary>
    public static ApiRow Through(string pattern, OperandRole role, Extent extent, params ApiOperand[] operands) =>
        new(pattern, operands) { Others = role, OthersExtent = extent };

    /// <summary>The default for members of a type that no row names: all that could be an address escapes.</summary>
    public static ApiRow Unnamed { get; } = new("*", []) { Others = OperandRole.Escape, IsDefault = true };

    /// <summary>A field whose stored value is used as an address by whoever reads it.</summary>
    public static ApiRow HandleField(string name) => new(ApiRow.FieldPrefix + name, [Escape(0)]);

    /// <summary>A field that is an address only to code that reads it, and there an origin.</summary>
    public static ApiRow ExemptField(string name, string reason) => new(ApiRow.FieldPrefix + name, [Exempt(0, reason)]) { Reason = reason };

    public static ApiRow Gives(this ApiRow row, ApiResult result) => row.With(result);

    public static ApiOperand Load(int index, Extent extent) => new(index, OperandRole.Load, extent);

    public static ApiOperand Store(int index, Extent extent) => new(index, OperandRole.Store, extent);

    public static ApiOperand LoadAndStore(int index, Extent extent) => new(index, OperandRole.LoadAndStore, extent);

    public static ApiOperand CopySource(int index, Extent extent) => new(index, OperandRole.CopySource, extent);

    public static ApiOperand CopyDestination(int index, Extent extent) => new(index, OperandRole.CopyDestination, extent);

    public static ApiOperand Fill(int index, Extent extent) => new(index, OperandRole.Fill, extent);

    public static ApiOperand Conversion(int index) => new(index, OperandRole.Conversion, Extent.Unknown);

    public static ApiOperand Range(int index, Extent extent) => new(index, OperandRole.RemembersRange, extent);

    public static ApiOperand Escape(int index) => new(index, OperandRole.Escape, Extent.Unknown);

    public static ApiOperand Handle(int index) => new(index, OperandRole.Handle, Extent.Unknown);

    public static ApiOperand Code(int index) => new(index, OperandRole.Code, Extent.Unknown);

    public static ApiOperand Exempt(int index, string reason) => new(index, OperandRole.Exempt, Extent.Unknown, Reason: reason);

    public static ApiOperand At(this ApiOperand operand, ScaledOperand displacement) => operand with { Displacement = displacement };

    public static ElementSize Bytes(int count) => new(ElementSizeKind.Bytes, count);

    public static ElementSize MethodArgument(int number) => new(ElementSizeKind.MethodArgument, number);

    public static ElementSize TypeArgument(int number) => new(ElementSizeKind.TypeArgument, number);

    public static ElementSize Pointee { get; } = new(ElementSizeKind.Pointee, 0);

    public static ElementSize Result { get; } = new(ElementSizeKind.Result, 0);

    public static ElementSize Parameter(int number) => new(ElementSizeKind.Parameter, number);

    public static ElementSize ValueOf(int operand) => new(ElementSizeKind.Operand, operand);

    public static Extent One(ElementSize size) => new(ExtentKind.Fixed, size);

    public static Extent AtMost(int bytes) => new(ExtentKind.AtMost, Bytes(bytes), MayBeEmpty: true);

    public static Extent Count(int operand, ElementSize unit) => new(ExtentKind.Counted, unit, new ScaledOperand(operand, unit), MayBeEmpty: true);

    /// <summary>The same, of a member that throws on a negative number.</summary>
    public static Extent CountNotNegative(int operand, ElementSize unit) => new(ExtentKind.Counted, unit, new ScaledOperand(operand, unit, RefusesNegative: true), MayBeEmpty: true);

    public static Extent Lanes(int indices, ElementSize size, ElementSize scale) =>
        new(ExtentKind.Lanes, size, new ScaledOperand(indices, scale), MayBeEmpty: true);

    public static Extent Terminated { get; } = new(ExtentKind.Terminated, MayBeEmpty: true);

    public static ScaledOperand Plus(int operand, ElementSize unit) => new(operand, unit);

    public static ScaledOperand Minus(int operand, ElementSize unit) => new(operand, unit, IsSubtracted: true);

    public static ApiResult Derived(int operand, ScaledOperand? displacement = null) => new(ResultKind.Derived, operand, displacement);

    public static ApiResult Reinterpreted(int operand) => new(ResultKind.Derived, operand, IsReinterpreted: true);

    public static ApiResult Element(int operand) => new(ResultKind.Element, operand);

    public static ApiResult Anchor { get; } = new(ResultKind.Anchor);

    public static ApiResult Untrusted { get; } = new(ResultKind.Untrusted);

    public static ApiResult AHandle { get; } = new(ResultKind.Handle);

    public static ApiResult Unrelated { get; } = new(ResultKind.Unrelated);
}
