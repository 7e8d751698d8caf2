using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>The operands and the result of a <c>call</c>, <c>callvirt</c>, <c>newobj</c> or <c>calli</c>.</summary>
internal readonly struct CallSignature
{
    private readonly IMethodSignature _signature;
    private readonly int _pointers;

    public CallSignature(Instruction call)
    {
        Callee = call.Operand as MethodReference;
        _signature = (IMethodSignature)call.Operand;
        bool constructs = call.OpCode.Code == IL.Newobj;
        _pointers = call.OpCode.Code == IL.Calli ? 1 : 0;
        HasReceiver = _signature.HasThis && !_signature.ExplicitThis && !constructs;
        Result = constructs ? Callee!.DeclaringType : Instantiation.In(_signature.ReturnType, Callee);
    }

    /// <summary>The member; null for <c>calli</c>.</summary>
    public MethodReference? Callee { get; }

    /// <summary>Whether a <c>this</c> lies below the arguments.</summary>
    public bool HasReceiver { get; }

    /// <summary>What is pushed; <c>void</c> for nothing.</summary>
    public TypeReference Result { get; }

    public int Arguments => _signature.Parameters.Count;

    public int OperandCount => Arguments + _pointers + (HasReceiver ? 1 : 0);

    public int ReceiverDepth => OperandCount - 1;

    public TypeReference ArgumentType(int index) => Instantiation.In(_signature.Parameters[index].ParameterType, Callee);

    public int DepthOf(int index) => Arguments - 1 - index + _pointers;
}
