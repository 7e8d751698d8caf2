using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// What has the JIT compile the body of a gate before the gate opens. Like a gate it is a sentence:
/// <code>
/// preparation = ldtoken(body) call(WindowBody.Prepare) { look }
/// look        = ldsfld pop                                        sets off the preparation of another gate
/// </code>
/// It is the static constructor of a type of its own, which a look sets off, and stands in the gate itself only if that is the module's initialiser, which runs once.
/// </summary>
/// <param name="Body">What it has compiled.</param>
/// <param name="Initializer">Where it stands.</param>
/// <param name="Others">The static constructors that it sets off.</param>
internal sealed record Preparation(MethodDefinition? Body, MethodDefinition Initializer, IReadOnlySet<MethodDefinition> Others)
{
    /// <summary>The static constructor that an instruction and the next one set off, if it is one that prepares; null if it is not.</summary>
    public static MethodDefinition? Look(Instruction instruction) =>
        instruction is { OpCode.Code: Code.Ldsfld, Operand: FieldReference field, Next.OpCode.Code: Code.Pop }
            && field.DeclaringType.Resolve() is { IsBeforeFieldInit: false, HasGenericParameters: false } type
            && type.Methods is [{ IsConstructor: true, IsStatic: true, HasBody: true } only] && only.Body.Instructions[0].OpCode.Code == Code.Ldtoken
            ? only
            : null;

    /// <summary>Reads a static constructor; null if it does anything else as well.</summary>
    public static Preparation? Read(MethodDefinition initializer)
    {
        Instruction? next = initializer.Body.Instructions[0];
        Preparation? read = initializer.Body.HasExceptionHandlers ? null : Read(initializer, ref next);
        return next is { OpCode.Code: Code.Ret, Next: null } ? read : null;
    }

    /// <summary>Reads one from an instruction on; null if there is none.</summary>
    /// <param name="where">The member that it stands in.</param>
    /// <param name="next">Its first instruction, and then the one behind it.</param>
    public static Preparation? Read(MethodDefinition where, ref Instruction? next)
    {
        if (next is not { OpCode.Code: Code.Ldtoken, Operand: MethodReference body, Next: { } call } || !IsPrepare(call))
            return null;

        var others = new HashSet<MethodDefinition>();
        for (next = call.Next; next is not null && Look(next) is { } other; next = next.Next.Next)
            others.Add(other);

        return new Preparation(body.Resolve(), where, others);
    }

    private static bool IsPrepare(Instruction call) =>
        call is { OpCode.Code: Code.Call, Operand: MethodReference { Name: "Prepare", Parameters.Count: 1 } callee } && WindowCall.IsOfRuntime(callee, "WindowBody");
}
