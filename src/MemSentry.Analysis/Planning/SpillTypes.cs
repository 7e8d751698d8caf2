using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Planning;

/// <summary>The type of a local variable that can hold a stack value without changing a bit of it.</summary>
internal static class SpillTypes
{
    public static TypeReference Of(StackValue value, ModuleDefinition module) => value.Kind switch
    {
        StackKind.Int32 => module.TypeSystem.Int32,
        StackKind.Int64 => module.TypeSystem.Int64,
        StackKind.NativeInt => module.TypeSystem.IntPtr,
        StackKind.Float32 => module.TypeSystem.Single,
        StackKind.Float64 => module.TypeSystem.Double,
        StackKind.Object => module.TypeSystem.Object,

        // Whatever it refers to: the JIT knows one kind of reference only, and not every type may stand behind "&" in a signature (another
        // "&" may not, nor a typed reference, nor a reference by token that does not say whether it is a value type).
        StackKind.Reference => new ByReferenceType(module.TypeSystem.Byte),
        StackKind.Value => value.Type!,
        _ => throw new NotModelledException($"a stack slot of kind {value.Kind} cannot be kept in a local variable"),
    };
}
