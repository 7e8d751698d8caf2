using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>Proves what a gate does before it opens: it compares what it was handed, and lets static constructors run.</summary>
internal sealed class GateProof(WovenSettings settings, TypeShapes shapes, IReadOnlyDictionary<MethodDefinition, Gate> gates)
{
    /// <summary>The gaps in the proof.</summary>
    public IEnumerable<Finding> Gaps(Gate gate)
    {
        foreach (string what in Unchecked(gate))
            yield return Gap(gate, $"It opens a window for {what} that it has not compared with the block");
        foreach (TypeReference type in SetOff(gate).Where(t => !gate.Constructed.Any(c => SameType.Are(c, t))))
            yield return Gap(gate, $"The static constructor of {type.FullName} may run while its window is open");
        foreach (MethodDefinition body in Uncompiled(gate))
            yield return Gap(gate, $"{MemberName.Of(body)} may be compiled for the first time while its window is open");
    }

    /// <summary>Bodies that it does not have compiled before it opens: its own, and those that this calls; theirs have to see to what they call.</summary>
    private IEnumerable<MethodDefinition> Uncompiled(Gate gate)
    {
        if (gate.IsGeneric)
            yield break;
        if (gate.Preparation?.Body != gate.Twin)
            yield return gate.Twin;

        foreach (Gate called in gate.Twin.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>().Where(m => m.DeclaringType is not ArrayType)
            .Select(m => m.GetElementMethod().Resolve()).OfType<MethodDefinition>().Select(gates.GetValueOrDefault).OfType<Gate>().Distinct())
        {
            if (called.Twin != gate.Twin && !called.IsGeneric && gate.Preparation?.Others.Contains(called.Preparation?.Initializer!) != true && called.Member.DeclaringType.Name != "<Module>")
                yield return called.Twin;
        }
    }

    private IEnumerable<string> Unchecked(Gate gate)
    {
        MethodDefinition member = gate.Member;
        if (member is { HasThis: true, DeclaringType.IsValueType: true } && !gate.CheckedParameters.Contains(-1))
            yield return "a receiver";
        if (member is { HasThis: true, DeclaringType.IsValueType: true } && shapes.HoldsReferences(member.DeclaringType))
            yield return "a receiver with references inside";
        foreach (ParameterDefinition parameter in member.Parameters)
        {
            TypeReference type = TypeShapes.Bare(parameter.ParameterType);
            if (!gate.CheckedParameters.Contains(parameter.Index) && MustBeChecked(type) && !(AcceptedRegions.Include(parameter) && IsAddress(type)))
                yield return $"the parameter '{parameter.Name}'";
            if (HidesReferences(type))
                yield return $"references inside the parameter '{parameter.Name}'";
        }
    }

    private bool MustBeChecked(TypeReference type) => type is ByReferenceType || shapes.HoldsReferences(type)
        || (settings.Escapes && (IsAddress(type) || type is FunctionPointerType || AccessTable.ApiTable.IsHandle(type)));

    private bool HidesReferences(TypeReference type) =>
        type is ByReferenceType reference ? shapes.HoldsReferences(reference.ElementType) : shapes.HoldsReferences(type) && !SpanMembers.AreOf(type);

    private static bool IsAddress(TypeReference type) =>
        type is PointerType or ByReferenceType || type.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr;

    /// <summary>Types of static fields and of twins, over all bodies that run without another gate between.</summary>
    private IEnumerable<TypeReference> SetOff(Gate gate)
    {
        var seen = new HashSet<MethodDefinition>();
        var pending = new Stack<MethodDefinition>([gate.Twin]);
        while (pending.TryPop(out MethodDefinition? twin))
        {
            if (!seen.Add(twin))
                continue;

            foreach (Instruction instruction in twin.Body.Instructions)
            {
                TypeReference? type = null;
                if (instruction.OpCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld)
                {
                    type = ((FieldReference)instruction.Operand).DeclaringType;
                }
                else if (instruction.Operand is MethodReference { DeclaringType: not ArrayType } callee && callee.GetElementMethod().Resolve() is { } called && gates.ContainsKey(called))
                {
                    type = callee.DeclaringType;
                    pending.Push(called);
                }

                bool isOwn = gate.Member is { IsConstructor: true, IsStatic: true } && type?.Resolve() == gate.Member.DeclaringType;
                if (type is not null && !isOwn && (type.Resolve()?.Methods.Any(m => m is { IsConstructor: true, IsStatic: true }) ?? true))
                    yield return type;
            }
        }
    }

    private static Finding Gap(Gate gate, string reason) => new(
        VerifierCode.GateAltered, reason + "; weave the original assembly again.", MemberName.Of(gate.Member), Position: SourcePositions.Of(gate.Twin, 0));
}
