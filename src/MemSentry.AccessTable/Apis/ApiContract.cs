namespace MemSentry.AccessTable;

/// <summary>What one framework member does with its operands: a row, applied to the member's signature.</summary>
/// <param name="Type">The type whose row it is.</param>
/// <param name="Row">The row.</param>
/// <param name="Operands">
/// Every operand that can carry an address and some that stand by contract, in no particular order. A pointer, native integer or handle parameter is
/// always here, unless it is a length or displacement of another operand.
/// </param>
/// <param name="Result">What the result is.</param>
/// <param name="NotNamed">
/// Numbers of the operands that the row should have named and does not: they are escapes among <paramref name="Operands"/>, because in doubt
/// everything is checked.
/// </param>
public sealed record ApiContract(
    ApiType Type,
    ApiRow Row,
    IReadOnlyList<ApiOperand> Operands,
    ApiResult Result,
    IReadOnlyList<int> NotNamed)
{
    /// <summary>What is known of an operand by its number (<see cref="ApiOperand.Index"/>); null if it is not among <see cref="Operands"/>.</summary>
    public ApiOperand? OperandAt(int index)
    {
        foreach (ApiOperand operand in Operands)
        {
            if (operand.Index == index)
            {
                return operand;
            }
        }

        return null;
    }

    /// <summary>Whether the table says, with a reason, that no operand is used as an address.</summary>
    public bool IsExempt => Operands.All(o => o.Role == OperandRole.Exempt) && (Row.Reason is not null || Operands.Count > 0);
}
