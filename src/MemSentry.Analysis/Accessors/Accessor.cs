using System.Collections.Immutable;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// A member that does nothing but load through its parameter, at a displacement or not: <c>static short ReadInt16(IntPtr address, int offset) => *(short*)((byte*)address + offset)</c>.
/// </summary>
/// <param name="HasOffset">Whether it has a second parameter, an <see cref="int"/> that moves the address.</param>
/// <param name="Code">What it does to its arguments as they lie on the stack when it is called: at most as many instructions as a call has bytes.</param>
internal sealed record Accessor(bool HasOffset, ImmutableArray<Instruction> Code)
{
    private const MethodImplAttributes NotInlined = MethodImplAttributes.NoInlining | MethodImplAttributes.NoOptimization | MethodImplAttributes.Synchronized | MethodImplAttributes.CodeTypeMask;

    /// <summary>The member as an accessor; null if it is none.</summary>
    public static Accessor? Of(MethodDefinition method)
    {
        if (!method.IsStatic || !CanGiveWay(method) || method.Parameters.Count is not (1 or 2) || !IsAddress(method.Parameters[0].ParameterType) || (method.Parameters.Count == 2 && method.Parameters[1].ParameterType.MetadataType != MetadataType.Int32))
        {
            return null;
        }

        return method.HasInstructions() && !method.Body.HasExceptionHandlers && !method.Body.HasVariables
            ? new AccessorReader(method).Read() is { } code ? new Accessor(method.Parameters.Count == 2, code) : null
            : null;
    }

    /// <summary>Whether it makes no difference if the code of a member takes the place of its call: nothing runs before it, and it needs no name for its types.</summary>
    public static bool CanGiveWay(MethodDefinition method) =>
        method is { HasGenericParameters: false, DeclaringType.HasGenericParameters: false, CallingConvention: MethodCallingConvention.Default, HasSecurityDeclarations: false }
        && (method.ImplAttributes & NotInlined) == 0 && !RunsStaticConstructor(method);

    /// <summary>Who has an object of a class has called a constructor, which ran the static one; a structure may have come out of nowhere (ECMA-335 I.8.9.5).</summary>
    private static bool RunsStaticConstructor(MethodDefinition method) =>
        (method.IsStatic || method.DeclaringType.IsValueType) && method.DeclaringType.Methods.Any(m => m is { IsConstructor: true, IsStatic: true });

    /// <summary>Whether values of a type are addresses on the stack, and no other than the variable holds.</summary>
    public static bool IsAddress(TypeReference type) => type is PointerType || type.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr;
}
