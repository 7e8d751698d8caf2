using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// Reads the code of an accessor, which loads its arguments once each, in their order, before it does anything else that matters. So without those loads it does to what lies on the
/// stack what it did before. What leaves a native number as it is, is left out.
/// </summary>
internal sealed class AccessorReader(MethodDefinition method)
{
    /// <summary>As many instructions as a call has bytes: each gets an offset of its own in the call's place.</summary>
    private const int MostInstructions = 5;

    private readonly ImmutableArray<Instruction>.Builder _code = ImmutableArray.CreateBuilder<Instruction>();
    private Instruction? _next = method.Body.Instructions[0];

    /// <summary>The code; null if the member does something else, too.</summary>
    public ImmutableArray<Instruction>? Read()
    {
        bool matches = TakeAddress() && (method.Parameters.Count == 1 || TakeOffset()) && TakeLoad() && Take(i => i.OpCode.Code == Code.Ret) && _next is null;
        return matches && _code.Count <= MostInstructions ? _code.ToImmutable() : null;
    }

    private bool TakeAddress()
    {
        bool matches = Take(i => Argument(i) == 0) || (Take(i => i.OpCode.Code is Code.Ldarga or Code.Ldarga_S && ((ParameterDefinition)i.Operand).Index == 0) && Take(i => IsOfNativeInteger(i, "ToPointer")));
        SkipConversions();
        return matches;
    }

    private bool TakeOffset()
    {
        bool matches = Take(i => Argument(i) == 1);
        Keep(IsConversion);
        if (Keep(i => i.OpCode.Code is >= Code.Ldc_I4_1 and <= Code.Ldc_I4_8))
        {
            matches &= Keep(i => i.OpCode.Code == Code.Mul);
        }

        matches &= Keep(i => i.OpCode.Code == Code.Add);
        SkipConversions();
        return matches;
    }

    private bool TakeLoad()
    {
        MetadataType result = method.ReturnType.MetadataType;
        return Keep(i => i.OpCode.Code switch
        {
            Code.Ldind_I1 => result == MetadataType.SByte,
            Code.Ldind_U1 => result == MetadataType.Byte,
            Code.Ldind_I2 => result == MetadataType.Int16,
            Code.Ldind_U2 => result is MetadataType.UInt16 or MetadataType.Char,
            Code.Ldind_I4 or Code.Ldind_U4 => result is MetadataType.Int32 or MetadataType.UInt32,
            Code.Ldind_I8 => result is MetadataType.Int64 or MetadataType.UInt64,
            Code.Ldind_R4 => result == MetadataType.Single,
            Code.Ldind_R8 => result == MetadataType.Double,
            Code.Call => ReadsUnaligned(i, result),
            _ => false,
        });
    }

    private static bool ReadsUnaligned(Instruction call, MetadataType result) =>
        call.Operand is GenericInstanceMethod { ElementMethod: not MethodDefinition, Name: "ReadUnaligned", DeclaringType.FullName: "System.Runtime.CompilerServices.Unsafe", GenericArguments: [var read], Parameters: [{ ParameterType: PointerType }] }
        && read.IsPrimitive && read.MetadataType == result;

    /// <summary>A native number stays what it is when it is converted to one, and when it is called a pointer.</summary>
    private void SkipConversions()
    {
        while (Take(i => IsConversion(i) || IsOfNativeInteger(i, "op_Explicit")))
        {
        }
    }

    private static bool IsConversion(Instruction instruction) => instruction.OpCode.Code is Code.Conv_I or Code.Conv_U;

    /// <summary>Whether a call makes a pointer of a native number, or the other way round.</summary>
    private static bool IsOfNativeInteger(Instruction call, string name) =>
        call.OpCode.Code == Code.Call && call.Operand is MethodReference { DeclaringType.FullName: "System.IntPtr" or "System.UIntPtr" } and not MethodDefinition && call.Operand is MethodReference callee
        && callee.Name == name && Accessor.IsAddress(callee.ReturnType) && callee.Parameters.All(p => Accessor.IsAddress(p.ParameterType));

    private static int? Argument(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldarg_0 => 0,
        Code.Ldarg_1 => 1,
        Code.Ldarg or Code.Ldarg_S => ((ParameterDefinition)instruction.Operand).Index,
        _ => null,
    };

    private bool Keep(Predicate<Instruction> matches)
    {
        if (_next is not { } instruction || !Take(matches))
        {
            return false;
        }

        _code.Add(instruction);
        return true;
    }

    private bool Take(Predicate<Instruction> matches)
    {
        while (_next is { OpCode.Code: Code.Nop })
        {
            _next = _next.Next;
        }

        if (_next is null || !matches(_next))
        {
            return false;
        }

        _next = _next.Next;
        return true;
    }
}
