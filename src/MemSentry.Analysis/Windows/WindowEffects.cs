using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Windows;

/// <summary>
/// Says what each instruction asks of the window. A mistake about <see cref="WindowEffect.NeedsOpen"/> cannot leak: an access to a closed domain ends the
/// process. One about code that is not whitelisted could, so a callee is foreign unless it is known.
/// </summary>
internal sealed class WindowEffects(WeaverOptions options, Func<MethodDefinition, WindowTarget?> twinOf)
{
    /// <summary>What an instruction asks for in the body of a member that opens a domain.</summary>
    public WindowEffect Of(Instruction instruction, WindowTarget opened) => instruction.OpCode.Code switch
    {
        Code.Call or Code.Callvirt when TwinOf(instruction) is { } twin && opened.Includes(twin) => WindowEffect.RunsTwin,
        _ when InterfaceQuestions.MayBeAskedBy(instruction) => options.Callees == CalleePolicy.All ? WindowEffect.Forgets : WindowEffect.NeedsClosed,
        Code.Call or Code.Callvirt or Code.Newobj or Code.Calli => OfCallee(instruction.Operand as MethodReference),
        Code.Throw or Code.Rethrow or Code.Endfilter => WindowEffect.SendsException,

        // Where a field's address is taken of a pointer, the JIT may read there, to see whether it is null.
        Code.Ldfld or Code.Stfld or Code.Ldflda => IsOnObject((FieldReference)instruction.Operand) ? WindowEffect.None : WindowEffect.NeedsOpen,
        var code => OpcodeTable.OperandsOf(code).IsEmpty ? WindowEffect.None : WindowEffect.NeedsOpen,
    };

    /// <summary>What the twin needs that a call runs for sure; null if it may run anything else.</summary>
    public WindowTarget? TwinOf(Instruction call)
    {
        if (call.Operand is not MethodReference callee || callee.DeclaringType is ArrayType || HasConstraint(call))
            return null;

        // The body of a virtual member runs for sure only where it is named by "call".
        return callee.GetElementMethod().Resolve() is { } method && !(method.IsVirtual && call.OpCode.Code == Code.Callvirt) ? twinOf(method) : null;
    }

    private WindowEffect OfCallee(MethodReference? callee)
    {
        if (callee?.DeclaringType is ArrayType)
            return WindowEffect.None;

        DataCallee role = callee is null ? DataCallee.Foreign : DataTable.Find(callee);
        return (role, options.Callees) switch
        {
            (DataCallee.Indifferent, _) => WindowEffect.None,
            (DataCallee.OnData, CalleePolicy.Data or CalleePolicy.All) => WindowEffect.NeedsOpen,
            (_, CalleePolicy.All) => WindowEffect.Forgets,
            _ => WindowEffect.NeedsClosed,
        };
    }

    private static bool HasConstraint(Instruction call)
    {
        for (Instruction? prefix = call.Previous; prefix is { OpCode.OpCodeType: OpCodeType.Prefix }; prefix = prefix.Previous)
        {
            if (prefix.OpCode.Code == Code.Constrained)
                return true;
        }

        return false;
    }

    /// <summary>Fields of objects are not in regions. That of a structure may be reached through an address.</summary>
    private static bool IsOnObject(FieldReference field) => field.DeclaringType.Resolve() is { IsValueType: false };
}
