using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace MemSentry.Overhead.Subjects;

/// <summary>
/// Shifts the code inside members. The JIT begins members with loops at multiples of 32 bytes, so wherever a member lies, its branches keep their places inside such a line; and by these the
/// processor tells branches apart. Unwoven, <c>btree-search</c> takes 0.9 to 1.3 times as long if all of it is moved by a few bytes, and the woven code is moved by its first check at the latest.
/// So each process puts some stores of zero to a static field before the first instruction of each member that loops, the same ones in all arms.
/// </summary>
internal static class EntryPadding
{
    /// <summary>Each is 14 or 15 bytes of code, and done once for each call.</summary>
    private const int MostStores = 3;

    /// <summary>Pads all members of an assembly.</summary>
    /// <param name="file">The assembly.</param>
    /// <param name="seed">Decides how many stores of which width go into which member.</param>
    public static MemoryStream Of(string file, int seed)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(file);
        MethodDefinition[] members = [.. module.GetTypes().Where(t => t.Namespace.StartsWith(nameof(MemSentry), StringComparison.Ordinal)).SelectMany(t => t.Methods).Where(Loops)];
        var type = new TypeDefinition("", "<Padding>", TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        FieldDefinition[] fields = [Field(module.TypeSystem.Int32, type), Field(module.TypeSystem.Int64, type)];
        module.Types.Add(type);
        foreach (MethodDefinition member in members)
            Pad(member, fields, new Random(member.FullName.Aggregate(seed, (hash, c) => unchecked((hash * 31) + c))));

        var padded = new MemoryStream();
        module.Write(padded);
        padded.Position = 0;
        return padded;
    }

    private static bool Loops(MethodDefinition member) => member.HasBody && member.Body.Instructions.Any(i => i.Operand is Instruction target && target.Offset <= i.Offset);

    private static FieldDefinition Field(TypeReference type, TypeDefinition owner)
    {
        var field = new FieldDefinition(type.Name, FieldAttributes.Static | FieldAttributes.Assembly, type);
        owner.Fields.Add(field);
        return field;
    }

    private static void Pad(MethodDefinition member, FieldDefinition[] fields, Random random)
    {
        // A branch to what was the first instruction leads there still, behind the stores.
        member.Body.SimplifyMacros();
        for (int store = random.Next(MostStores + 1); store > 0; store--)
        {
            FieldDefinition field = fields[random.Next(fields.Length)];
            member.Body.Instructions.Insert(0, Instruction.Create(OpCodes.Ldc_I4_0));
            member.Body.Instructions.Insert(1, Instruction.Create(field.FieldType.MetadataType == MetadataType.Int64 ? OpCodes.Conv_I8 : OpCodes.Nop));
            member.Body.Instructions.Insert(2, Instruction.Create(OpCodes.Volatile));
            member.Body.Instructions.Insert(3, Instruction.Create(OpCodes.Stsfld, field));
        }

        member.Body.OptimizeMacros();
    }
}
