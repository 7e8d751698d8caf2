using Mono.Cecil;

namespace MemSentry.AccessTable;

/// <summary>Applies a row to a member's signature: widths of integers, operands named by rule, and those that nobody named.</summary>
internal static class RowApplication
{
    public static ApiContract Apply(ApiType type, ApiRow row, MethodReference callee)
    {
        var operands = new List<ApiOperand>(row.Operands.Select(o => WithWidths(o, callee)));
        var used = new HashSet<int>(operands.SelectMany(Integers));
        used.UnionWith(row.Result?.Displacement is { } moved ? [moved.Operand] : []);
        var notNamed = new List<int>();
        if (callee.HasThis && callee.Name != ".ctor" && AddressShapes.Of(callee.DeclaringType) == AddressShape.Handle)
        {
            AddUnnamed(ApiOperand.Receiver, AddressShape.Handle);
        }

        foreach (ParameterDefinition parameter in callee.Parameters)
        {
            if (!used.Contains(parameter.Index))
            {
                AddUnnamed(parameter.Index, AddressShapes.Of(parameter.ParameterType));
            }
        }

        return new ApiContract(type, row, operands, Result(row, callee), notNamed);

        void AddUnnamed(int index, AddressShape shape)
        {
            if (operands.Any(o => o.Index == index))
            {
                return;
            }

            if (shape == AddressShape.Reference)
            {
                operands.Add(new ApiOperand(index, OperandRole.Conversion, Extent.Unknown));
            }
            else if (shape.NeedsRole())
            {
                // A pointer is exempt by name only, never by a rule that a later framework might stretch.
                OperandRole? rule = row.Others == OperandRole.Exempt && shape == AddressShape.Pointer ? null : row.Others;
                if (rule is null)
                {
                    notNamed.Add(index);
                }

                operands.Add(Unnamed(index, shape, rule ?? OperandRole.Escape, row));
            }
        }
    }

    private static ApiOperand Unnamed(int index, AddressShape shape, OperandRole role, ApiRow row) => role switch
    {
        OperandRole.Exempt => new ApiOperand(index, role, Extent.Unknown, Reason: row.Reason),
        OperandRole.Escape when shape == AddressShape.Handle => new ApiOperand(index, OperandRole.Handle, Extent.Unknown),
        _ => new ApiOperand(index, role, row.OthersExtent),
    };

    /// <summary>The only operand of a field is the value stored in it.</summary>
    public static ApiContract Apply(ApiType type, ApiRow row, FieldReference field) =>
        new(type, row, row.Operands, row.Result ?? ResultOf(field.FieldType), []);

    private static IEnumerable<int> Integers(ApiOperand operand)
    {
        if (operand.Extent.Kind is ExtentKind.Counted or ExtentKind.Lanes)
        {
            yield return operand.Extent.Count.Operand;
        }

        if (operand.Displacement is { } displacement)
        {
            yield return displacement.Operand;
        }
    }

    private static ApiOperand WithWidths(ApiOperand operand, MethodReference callee)
    {
        Extent extent = operand.Extent.Kind is ExtentKind.Counted or ExtentKind.Lanes
            ? operand.Extent with { Count = WithWidth(operand.Extent.Count, callee) }
            : operand.Extent;
        return operand with { Extent = extent, Displacement = operand.Displacement is { } d ? WithWidth(d, callee) : null };
    }

    private static ScaledOperand WithWidth(ScaledOperand scaled, MethodReference callee)
    {
        (int bits, bool isSigned) = AddressShapes.Integer(callee.Parameters[scaled.Operand].ParameterType);
        return scaled with { Bits = bits, IsSigned = isSigned };
    }

    private static ApiResult Result(ApiRow row, MethodReference callee) => row.Result switch
    {
        { Displacement: { } displacement } result => result with { Displacement = WithWidth(displacement, callee) },
        { } result => result,
        null => ResultOf(callee.ReturnType),
    };

    private static ApiResult ResultOf(TypeReference type) =>
        new(AddressShapes.Of(type) == AddressShape.None ? ResultKind.Unrelated : ResultKind.Untrusted);
}
