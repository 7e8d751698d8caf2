using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Leaves;

/// <summary>
/// Members of the module itself that are so small and simple that the JIT puts them into the code that calls them, once it is told so
/// (<see cref="MethodImplAttributes.AggressiveInlining"/>): no loop, nothing that runs other code, nothing that the runtime has to help with.
/// <para>
/// Argument: what is put into the caller calls nobody, so no register of the caller is kept in memory for it. Where the JIT leaves such a member alone, because the
/// caller is too large already, it runs through once, without a loop, and keeps a register in memory no longer than the JIT may keep one between two calls; and code that is not optimised keeps everything in memory anyway, with calls
/// or without.
/// </para>
/// </summary>
internal sealed class LeafBodies
{
    /// <summary>More instructions, those of the leaves that it calls included, are not worth it in every place that calls it.</summary>
    private const int MostInstructions = 64;

    private const MethodImplAttributes NotInlined = MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization | MethodImplAttributes.Synchronized | MethodImplAttributes.CodeTypeMask;

    private readonly Dictionary<MethodDefinition, int?> _sizes = [];

    /// <summary>Whether an instruction is a call of one.</summary>
    public bool AreCalledBy(Instruction instruction) => SizeOfCall(instruction) is not null;

    private int? SizeOfCall(Instruction instruction)
    {
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt) || instruction.Operand is not MethodDefinition callee)
        {
            return null;
        }

        if (!_sizes.TryGetValue(callee, out int? size))
        {
            // Whoever calls itself finds that it is no leaf.
            _sizes.Add(callee, null);
            _sizes[callee] = size = SizeOf(callee);
        }

        return size;
    }

    private int? SizeOf(MethodDefinition method)
    {
        bool mayBeInlined = !method.IsVirtual && !method.HasGenericParameters && (method.ImplAttributes & NotInlined) == 0 && method.CallingConvention == MethodCallingConvention.Default;
        if (!mayBeInlined || !method.HasInstructions() || method.Body.HasExceptionHandlers || RunsConstructorOf(method))
        {
            return null;
        }

        int size = 0;
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (SizeOf(instruction) is not { } own || (size += own) > MostInstructions)
            {
                return null;
            }
        }

        return size;
    }

    /// <summary>A call of a static member may run the static constructor first, unless the type leaves it to the fields (ECMA-335 I.8.9.5).</summary>
    private static bool RunsConstructorOf(MethodDefinition method)
    {
        TypeDefinition type = method.DeclaringType;
        return type.HasGenericParameters || (!type.IsBeforeFieldInit && type.Methods.Any(m => m is { IsConstructor: true, IsStatic: true }));
    }

    /// <summary>What an instruction adds to the size; null if it has no place in a leaf.</summary>
    private int? SizeOf(Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Nop or Code.Dup or Code.Pop or Code.Ret or Code.Volatile or Code.Unaligned:
            case >= Code.Ldarg_0 and <= Code.Ldc_R8:
            case Code.Ldarg or Code.Ldarga or Code.Starg or Code.Ldloc or Code.Ldloca or Code.Stloc:
            case >= Code.Ldind_I1 and <= Code.Ldind_R8:
            case >= Code.Stind_I1 and <= Code.Stind_R8:
            case Code.Stind_I or Code.Ldfld or Code.Ldflda or Code.Stfld or Code.Ldlen:
            case >= Code.Ldelem_I1 and <= Code.Ldelem_R8:
            case >= Code.Stelem_I and <= Code.Stelem_R8:
            case >= Code.Add and <= Code.Div_Un:
            case >= Code.And and <= Code.Conv_R8:
            case Code.Conv_U8 or Code.Conv_U2 or Code.Conv_U1 or Code.Conv_I or Code.Conv_U:
            case Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un or Code.Sizeof:
                return 1;
            case >= Code.Br_S and <= Code.Blt_Un:
                return ((Instruction)instruction.Operand).Offset > instruction.Offset ? 1 : null;
            case Code.Switch:
                return Array.TrueForAll((Instruction[])instruction.Operand, t => t.Offset > instruction.Offset) ? 1 : null;
            case Code.Ldsfld or Code.Ldsflda or Code.Stsfld:
                return LeafCalls.MayConstruct((FieldReference)instruction.Operand) ? null : 1;
            case Code.Call or Code.Callvirt or Code.Newobj:
                return instruction.Operand is MethodReference callee && LeafMembers.Include(callee) ? 1 : SizeOfCall(instruction);
            default:
                return null;
        }
    }
}
