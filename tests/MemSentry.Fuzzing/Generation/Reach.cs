using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation;

/// <summary>
/// How far the pointers of a member may get from where they started, so that on ordinary memory no access leaves the driver's buffers. Whatever is stored in a
/// variable is paid for as often as the loops around it may run, so no order of execution carries a pointer further than the sum of all payments.
/// </summary>
/// <param name="isShort">Whether it is to stay within the first page, where .NET takes a fault for a null pointer.</param>
internal sealed class Reach(bool isShort)
{
    /// <summary>Bytes to either side that a member needs at most: variables, one expression on top of them (four moves), the access itself.</summary>
    public const int Limit = Stored + (4 * FieldCost) + 4096;

    /// <summary>What the address of a field may cost: the largest structure.</summary>
    public const int FieldCost = 2048;

    private const int Stored = 16 * 1024;
    private const int StoredIfShort = 512;
    private int _left = isShort ? StoredIfShort : Stored;

    /// <summary>
    /// The arithmetic. A member that can be given null has none that throws: RyuJIT lets a division overtake the load of an operand before it
    /// (<c>*p += a / b</c> with null and zero throws either exception, by what stands around it), so which one comes first would be compared in vain.
    /// </summary>
    public IReadOnlyList<Operation> Operations { get; } = [.. Enum.GetValues<Operation>().Where(o => !isShort || o < Operation.Divide)];

    /// <summary>The fields that are not too far away.</summary>
    public IReadOnlyList<StructureField> Fields { get; } = [.. StructureFields.All.Where(f => !isShort || f.Type != StructureFields.Largest)];

    /// <summary>The structures that are not too large.</summary>
    public IReadOnlyList<string> Types { get; } = [.. StructureFields.Types.Where(t => !isShort || t != StructureFields.Largest)];

    /// <summary>How often the block that is being made may run.</summary>
    public int Times { get; set; } = 1;

    /// <summary>Pays for a move that is stored.</summary>
    /// <returns>False if there is not enough left: then the move must not be made.</returns>
    public bool Pay(int bytes)
    {
        if (bytes * Times > _left)
            return false;
        _left -= bytes * Times;
        return true;
    }
}
