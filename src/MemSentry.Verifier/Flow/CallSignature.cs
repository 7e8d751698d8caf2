using MemSentry.AccessTable;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>The operands and the result of a <c>call</c>, <c>callvirt</c>, <c>newobj</c> or <c>calli</c>.</summary>
internal readonly struct CallSignature
{
    private readonly Instruction _call;
    private readonly IMethodSignature _signature;
    private readonly int _pointers;

    public CallSignature(Instruction call)
    {
        _call = call;
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

    /// <summary>What the receiver is, or refers to; with a <c>constrained.</c> prefix it is a reference to that type (ECMA-335 III.2.1).</summary>
    public TypeReference? ReceiverType
    {
        get
        {
            for (Instruction? prefix = _call.Previous; prefix is { OpCode.OpCodeType: OpCodeType.Prefix }; prefix = prefix.Previous)
            {
                if (prefix.OpCode.Code == IL.Constrained)
                    return (TypeReference)prefix.Operand;
            }

            return Callee?.DeclaringType;
        }
    }

    public TypeReference ArgumentType(int index) => Instantiation.In(_signature.Parameters[index].ParameterType, Callee);

    public int DepthOf(int index) => Arguments - 1 - index + _pointers;

    /// <summary>The operand that the access table calls by a number.</summary>
    public Value OperandOf(int number, Frame frame) => frame.Peek(number == ApiOperand.Receiver ? ReceiverDepth : DepthOf(number));

    /// <summary>The type of an operand of that number, or of what it refers to.</summary>
    public TypeReference TypeOfOperand(int number)
    {
        TypeReference type = number == ApiOperand.Receiver ? ReceiverType! : TypeShapes.Bare(ArgumentType(number));
        return TypeShapes.Referred(type) ?? type;
    }
}
