using MemSentry.Analysis.Planning;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>
/// Makes a number new that was there before a call: <c>stloc copy; ldloca copy; volatile. ldind.i</c>. For the JIT, a volatile load gives a value of its own. So it
/// cannot answer the check of it by one that it did before the call, with what the callee kept of the caller's registers; it computes with what it reads.
/// <para>
/// The machine code is one store, of the register to the stack: the load behind it is redundant once the registers are given out.
/// </para>
/// </summary>
internal sealed class RenewalEmitter(BodyEditor editor)
{
    private VariableDefinition? _copy;
    private VariableDefinition? _copyOfInt32;

    /// <summary>Makes the number on top of the stack new.</summary>
    public void Emit(PendingCode code) => EmitBy(code, _copy ??= editor.AddLocal(editor.Method.Module.TypeSystem.IntPtr), OpCodes.Ldind_I);

    /// <summary>The code that makes variables new behind a call.</summary>
    public List<Instruction> Behind(Renewal renewal)
    {
        var code = new PendingCode();
        foreach (object variable in renewal.Variables)
            EmitVariable(variable, code);

        return code.Complete(renewal.Call);
    }

    /// <summary>Makes what a variable holds new.</summary>
    public void EmitVariable(object variable, PendingCode code)
    {
        code.Add(CompactInstruction.Load(variable));
        MetadataType type = TypeOf(variable).MetadataType;
        if (type is MetadataType.Int32 or MetadataType.UInt32)
            EmitBy(code, _copyOfInt32 ??= editor.AddLocal(editor.Method.Module.TypeSystem.Int32), OpCodes.Ldind_I4);
        else
            Emit(code);
        if (type is MetadataType.Int64 or MetadataType.UInt64)
            code.Add(Instruction.Create(OpCodes.Conv_U8));
        code.Add(CompactInstruction.Store(variable));
    }

    private static void EmitBy(PendingCode code, VariableDefinition copy, OpCode load)
    {
        code.Add(CompactInstruction.StoreLocal(copy));
        code.Add(CompactInstruction.LoadLocalAddress(copy));
        code.Add(Instruction.Create(OpCodes.Volatile));
        code.Add(Instruction.Create(load));
    }

    private static TypeReference TypeOf(object variable)
    {
        TypeReference type = variable is ParameterDefinition parameter ? parameter.ParameterType : ((VariableDefinition)variable).VariableType;
        while (type is IModifierType modified)
            type = modified.ElementType;
        return type;
    }
}
