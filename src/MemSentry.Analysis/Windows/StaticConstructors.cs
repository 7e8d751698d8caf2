using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// Types whose static constructors a body could set off in the middle of a window, where anybody's code must not run: by a static field, or by a call that
/// stays open. The gate runs them first; after the first time that is a look.
/// </summary>
internal static class StaticConstructors
{
    public static IEnumerable<TypeReference> SetOffBy(MethodDefinition method, IReadOnlyList<WindowEffect> effects)
    {
        IEnumerable<TypeReference> types = method.Body.Instructions.Zip(effects).Select(pair => TypeOf(pair.First, pair.Second)).OfType<TypeReference>();
        bool isOwn = method.IsConstructor && method.IsStatic;
        return types.DistinctBy(t => t.FullName).Where(t => !(isOwn && t.Resolve() == method.DeclaringType) && HasConstructor(t));
    }

    private static TypeReference? TypeOf(Instruction instruction, WindowEffect effect) => instruction.OpCode.Code switch
    {
        Code.Ldsfld or Code.Ldsflda or Code.Stsfld => ((FieldReference)instruction.Operand).DeclaringType,
        Code.Call or Code.Callvirt when effect == WindowEffect.RunsTwin => ((MethodReference)instruction.Operand).DeclaringType,
        _ => null,
    };

    private static bool HasConstructor(TypeReference type) => type.Resolve()?.Methods.Any(m => m.IsConstructor && m.IsStatic) ?? true;
}
