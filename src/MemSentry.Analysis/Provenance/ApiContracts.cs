using MemSentry.AccessTable;
using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>
/// What the access table says of members outside woven code, looked up once for each reference of a module. A native integer that leaves
/// may be used as an address (<c>GCHandle.FromIntPtr(x).Target</c> is <c>*(object*)x</c>), so it is compared like a pointer unless the table
/// exempts it with a reason. A raw pointer is never exempted.
/// </summary>
internal sealed class ApiContracts
{
    private readonly Dictionary<MethodReference, ApiContract?> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<FieldReference, bool> _fields = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Whether a contract says that a native-integer parameter is a number to its callee: exempted by name, or of a type parameter that the callee
    /// cannot know to be an address. A callee without contract, and an indirect call, may do anything with it.
    /// </summary>
    public static bool IsNumber(ApiContract? contract, int parameter) =>
        contract is not null && contract.OperandAt(parameter) is null or { Role: OperandRole.Exempt };

    /// <summary>Whether the table says that what is stored in a field is used as an address by whoever reads it.</summary>
    public bool IsHandle(FieldReference field)
    {
        if (!_fields.TryGetValue(field, out bool isHandle))
        {
            isHandle = ApiTable.Find(field)?.Operands.Any(o => o.Role != OperandRole.Exempt) ?? false;
            _fields.Add(field, isHandle);
        }

        return isHandle;
    }

    /// <summary>What the table says of a member; null if it does not know it.</summary>
    public ApiContract? Of(MethodReference callee)
    {
        if (!_known.TryGetValue(callee, out ApiContract? contract))
        {
            contract = ApiTable.Find(callee);
            _known.Add(callee, contract);
        }

        return contract;
    }
}
