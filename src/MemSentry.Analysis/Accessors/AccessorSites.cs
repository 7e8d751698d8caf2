using MemSentry.Analysis.Members;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Trust;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Accessors;

/// <summary>
/// Which calls in a body are worth it, and safe: those in a loop whose address is a variable and whose offset is computed from variables and constants of 32 bits, right before the call. Others could
/// convert an argument silently (ECMA-335 III.1.6), and save nothing. None where markers are: a marker is meant for the access behind it in the source.
/// </summary>
internal sealed class AccessorSites
{
    private readonly MethodBody _body;
    private readonly HashSet<Instruction> _targets = [];
    private readonly List<(int First, int Last)> _loops = [];
    private readonly bool _hasMarkers;

    public AccessorSites(MethodBody body)
    {
        _body = body;
        _hasMarkers = body.Instructions.Any(Markers.IsMarker);
        foreach (Instruction branch in body.Instructions)
        {
            foreach (Instruction target in branch.Operand as Instruction[] ?? (branch.Operand is Instruction only ? [only] : []))
            {
                _targets.Add(target);
                if (target.Offset <= branch.Offset)
                {
                    _loops.Add((target.Offset, branch.Offset));
                }
            }
        }
    }

    /// <summary>Whether a call of an accessor is one of them.</summary>
    public bool Include(Instruction call, bool hasOffset)
    {
        if (_hasMarkers || !_loops.Exists(l => call.Offset >= l.First && call.Offset <= l.Last) || _targets.Contains(call) || call.Previous is null or { OpCode.OpCodeType: OpCodeType.Prefix })
        {
            return false;
        }

        return (hasOffset ? BeforeNumber(call.Previous) : call.Previous) is { } address && TypeOf(address) is { } type && Accessor.IsAddress(type);
    }

    /// <summary>What stands before the code that pushes one number of 32 bits and ends with the given instruction; null if that code is not understood.</summary>
    private Instruction? BeforeNumber(Instruction last)
    {
        int missing = 1;
        for (Instruction? instruction = last; instruction is not null && !_targets.Contains(instruction); instruction = instruction.Previous)
        {
            bool isOperation = instruction.OpCode.Code is Code.Add or Code.Sub or Code.Mul or Code.And;
            if (!isOperation && Constants.Of(instruction) is null && TypeOf(instruction) is not { MetadataType: MetadataType.Int32 })
            {
                return null;
            }

            missing += isOperation ? 1 : -1;
            if (missing == 0)
            {
                return instruction.Previous;
            }
        }

        return null;
    }

    /// <summary>The type of the variable that an instruction loads; null if it does something else.</summary>
    private TypeReference? TypeOf(Instruction load) => load.OpCode.Code switch
    {
        >= Code.Ldarg_0 and <= Code.Ldarg_3 => OfArgument(load.OpCode.Code - Code.Ldarg_0),
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => StackTypes.WithoutModifiers(_body.Variables[load.OpCode.Code - Code.Ldloc_0].VariableType),
        Code.Ldarg or Code.Ldarg_S => StackTypes.WithoutModifiers(((ParameterDefinition)load.Operand).ParameterType),
        Code.Ldloc or Code.Ldloc_S => StackTypes.WithoutModifiers(((VariableDefinition)load.Operand).VariableType),
        _ => null,
    };

    private TypeReference? OfArgument(int number)
    {
        int parameter = _body.Method.HasThis ? number - 1 : number;
        return parameter >= 0 && parameter < _body.Method.Parameters.Count ? StackTypes.WithoutModifiers(_body.Method.Parameters[parameter].ParameterType) : null;
    }
}
