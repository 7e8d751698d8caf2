using MemSentry.Analysis.Stack;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Members;

/// <summary>What a call instruction takes from the stack and leaves there.</summary>
/// <param name="Callee">The member that is named; null for <c>calli</c>.</param>
/// <param name="Signature">The signature of the call.</param>
/// <param name="HasReceiver">Whether a <c>this</c> lies below the arguments.</param>
/// <param name="IsIndirect">Whether a function pointer lies above them.</param>
/// <param name="ResultType">What is pushed, seen from the caller; null if nothing.</param>
internal readonly record struct CallShape(MethodReference? Callee, IMethodSignature Signature, bool HasReceiver, bool IsIndirect, TypeReference? ResultType)
{
    /// <summary>The number of values the call pops.</summary>
    public int OperandCount => Signature.Parameters.Count + (HasReceiver ? 1 : 0) + (IsIndirect ? 1 : 0);

    /// <summary>The depth of a parameter on the stack before the call.</summary>
    public int DepthOf(int parameter) => Signature.Parameters.Count - 1 - parameter + (IsIndirect ? 1 : 0);

    /// <summary>The type of a parameter, seen from the caller.</summary>
    public TypeReference ParameterType(int parameter) => new GenericSubstitution(Callee?.DeclaringType, Callee).Apply(Signature.Parameters[parameter].ParameterType);

    /// <summary>The depth of the receiver.</summary>
    public int ReceiverDepth => Signature.Parameters.Count + (IsIndirect ? 1 : 0);

    /// <summary>Reads a <c>call</c>, <c>callvirt</c>, <c>newobj</c> or <c>calli</c>.</summary>
    public static CallShape Of(Instruction instruction)
    {
        if (instruction.Operand is MethodReference callee)
        {
            bool constructs = instruction.OpCode.Code == Code.Newobj;
            return new CallShape(callee, callee, callee.HasThis && !callee.ExplicitThis && !constructs, false, constructs ? callee.DeclaringType : Result(callee, callee));
        }

        var signature = (Mono.Cecil.CallSite)instruction.Operand;
        return new CallShape(null, signature, signature.HasThis && !signature.ExplicitThis, true, Result(signature, null));
    }

    private static TypeReference? Result(IMethodSignature signature, MethodReference? callee)
    {
        TypeReference type = new GenericSubstitution(callee?.DeclaringType, callee).Apply(signature.ReturnType);
        return StackTypes.WithoutModifiers(type).MetadataType == MetadataType.Void ? null : type;
    }
}
