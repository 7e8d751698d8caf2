using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>
/// A compare with the block: <c>dup; conv.u; ldc 42; shr.un; ldc 4; bne.un OK; dup; conv.u; ldc; ldc; ldc; call Throw; OK:</c>, or of a variable, with a
/// load of it in place of each <c>dup</c>.
/// </summary>
public sealed record CompareSite(MethodDefinition Member, int Start) : Site(Member, Start, Size)
{
    private const int Size = 12;

    /// <summary>Where the tested value comes from.</summary>
    public Instruction Tested => this[0];

    /// <summary>Whether a variable is compared, before the statement that uses it.</summary>
    public bool IsOfVariable => Tested.OpCode.Code != Code.Dup;

    /// <summary>Whether that variable is loaded by the very next instruction, and not a copy of it that lies elsewhere.</summary>
    public bool IsLoadedNext => IsOfVariable && (Ok.OpCode.Code, Ok.Operand) == (Tested.OpCode.Code, Tested.Operand);

    /// <summary>Loads the shift.</summary>
    public Instruction Shift => this[2];

    /// <summary>Loads the number of the block.</summary>
    public Instruction Block => this[4];

    /// <summary>Skips the throw.</summary>
    public Instruction Branch => this[5];

    /// <summary>The first instruction behind the check.</summary>
    public Instruction Ok => Member.Body.Instructions[End];

    /// <summary>Loads the variable that is compared.</summary>
    public Instruction Load() => Variable is ParameterDefinition argument ? Instruction.Create(OpCodes.Ldarg, argument) : Instruction.Create(OpCodes.Ldloc, (VariableDefinition)Variable);

    /// <summary>Stores in the variable that is compared.</summary>
    public Instruction Store() => Variable is ParameterDefinition argument ? Instruction.Create(OpCodes.Starg, argument) : Instruction.Create(OpCodes.Stloc, (VariableDefinition)Variable);

    /// <summary>The compares of a member, in order.</summary>
    public static IEnumerable<CompareSite> In(MethodDefinition member)
    {
        for (int i = 0; i + Size < member.Body.Instructions.Count; i++)
        {
            var site = new CompareSite(member, i);
            if (site.IsIntact)
                yield return site;
        }
    }

    private object Variable => Tested.OpCode.Code switch
    {
        >= Code.Ldarg_0 and <= Code.Ldarg_3 => Argument(Tested.OpCode.Code - Code.Ldarg_0),
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => Member.Body.Variables[Tested.OpCode.Code - Code.Ldloc_0],
        _ => Tested.Operand,
    };

    private ParameterDefinition Argument(int index) =>
        !Member.HasThis ? Member.Parameters[index] : index == 0 ? Member.Body.ThisParameter : Member.Parameters[index - 1];

    private static bool Tests(Instruction instruction) => instruction.OpCode.Code is Code.Dup or (>= Code.Ldarg_0 and <= Code.Ldloc_3)
        or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S;

    private bool IsIntact =>
        (this[1].OpCode.Code, this[3].OpCode.Code, this[7].OpCode.Code) == (Code.Conv_U, Code.Shr_Un, Code.Conv_U)
        && Tests(Tested) && (Tested.OpCode.Code, Tested.Operand) == (this[6].OpCode.Code, this[6].Operand)
        && Shift is { OpCode.Code: Code.Ldc_I4_S, Operand: (sbyte)AccessTable.AddressSpaceLayout.BlockShift }
        && Block.OpCode.Code == Code.Ldc_I4_4
        && Branch is { OpCode.Code: Code.Bne_Un or Code.Bne_Un_S } && Branch.Operand == Ok
        && this[Size - 1].Operand is MethodDefinition { Name: "Throw", DeclaringType.Name: "<MemSentry>" };
}
