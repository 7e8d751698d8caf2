using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Provenance;

/// <summary>Origins of call results: a reference is trusted only from a woven member of the same module that cannot be overridden elsewhere.</summary>
internal sealed class ResultOrigins(ModuleDefinition module, Func<MethodDefinition, bool> isWhitelisted)
{
    private readonly Dictionary<string, TypeReference> _runtimeTypes = [];

    /// <summary>The origin of the result of a call, if it is an address.</summary>
    public AddressOrigin OfCall(Instruction instruction, CallShape call)
    {
        if (call.Callee is not { } callee || call.ResultType is not { } result || Stack.StackTypes.WithoutModifiers(result) is not ByReferenceType)
        {
            return AddressOrigin.CallResult;
        }

        // The pseudo-member of a multi-dimensional array: checked like ldelema (ECMA-335 II.14.2).
        if (callee.DeclaringType is ArrayType && callee.Name == "Address")
        {
            return AddressOrigin.ArrayElement;
        }

        return WovenTarget(instruction.OpCode.Code, callee) is not null ? AddressOrigin.ReferenceResult : AddressOrigin.CallResult;
    }

    /// <summary>The member body that a call surely runs, if it is woven together with the caller; else null.</summary>
    public MethodDefinition? WovenTarget(Code opcode, MethodReference callee)
    {
        MethodReference element = callee.GetElementMethod();
        if (element.DeclaringType.Scope != module || element.DeclaringType is ArrayType)
        {
            return null;
        }

        if (element.Resolve() is not { } method || !method.HasInstructions() || method.Module != module || isWhitelisted(method))
        {
            return null;
        }

        // A static virtual member is called with "constrained. T; call": T, which may be anybody's, decides which body runs (ECMA-335 III.2.1 as
        // augmented for .NET 7), and the one found here is only the default.
        bool isDispatched = opcode == Code.Callvirt || method.IsStatic;
        bool mayBeOverridden = isDispatched && method.IsVirtual && !method.IsFinal && !method.DeclaringType.IsSealed;
        return mayBeOverridden ? null : method;
    }

    /// <summary>The type of a typed reference.</summary>
    public TypeReference TypedReference => module.TypeSystem.TypedReference;

    /// <summary>A value type of the runtime's namespace <c>System</c>, as this module refers to it.</summary>
    public TypeReference RuntimeType(string name)
    {
        if (!_runtimeTypes.TryGetValue(name, out TypeReference? type))
        {
            type = new TypeReference("System", name, module, module.TypeSystem.CoreLibrary, valueType: true);
            _runtimeTypes.Add(name, type);
        }

        return type;
    }
}
