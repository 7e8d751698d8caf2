using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Planning;

/// <summary>The loads of variables behind which masks go, of variables that nobody can change unseen.</summary>
internal sealed class MaskedLoads
{
    /// <summary>As many as there are bits in a set; the others are masked at each load.</summary>
    private const int Most = 64;

    private readonly Dictionary<int, int> _copyOf = [];
    private readonly HashSet<Instruction> _loads;

    private MaskedLoads(HashSet<Instruction> loads) => _loads = loads;

    /// <summary>The variables, by the number of their copy.</summary>
    public List<int> Variables { get; } = [];

    /// <param name="analysis">The member.</param>
    /// <param name="bases">The instructions behind which masks go.</param>
    /// <param name="copied">Variables that have a copy already.</param>
    public static MaskedLoads Of(MemberAnalysis analysis, HashSet<Instruction> bases, HashSet<object> copied)
    {
        var loads = new MaskedLoads(bases);
        foreach (Instruction producer in bases.Where(IsLoad))
        {
            int variable = analysis.Variables.VariableOf(producer);
            bool isFollowed = analysis.Variables.OnEntry[variable].Kind == StackKind.NativeInt && !analysis.Variables.AddressTaken[variable] && !copied.Contains(analysis.Variables.DefinitionOf(variable));
            if (isFollowed && loads.Variables.Count < Most && loads._copyOf.TryAdd(variable, loads.Variables.Count))
            {
                loads.Variables.Add(variable);
            }
        }

        return loads;
    }

    /// <summary>The number of the copy that could be loaded instead; negative if there is none.</summary>
    public int CopyLoadedBy(Instruction instruction, MemberAnalysis analysis) => IsLoad(instruction) && _loads.Contains(instruction) ? CopyOf(instruction, analysis) : -1;

    /// <summary>The number of the copy of the variable that an instruction stores to; negative if there is none.</summary>
    public int CopyChangedBy(Instruction instruction, MemberAnalysis analysis) => IsStore(instruction) ? CopyOf(instruction, analysis) : -1;

    private int CopyOf(Instruction instruction, MemberAnalysis analysis) => _copyOf.TryGetValue(analysis.Variables.VariableOf(instruction), out int copy) ? copy : -1;

    private static bool IsLoad(Instruction instruction) => instruction.OpCode.Code
        is >= Code.Ldarg_0 and <= Code.Ldloc_3 or Code.Ldarg or Code.Ldarg_S or Code.Ldloc or Code.Ldloc_S;

    private static bool IsStore(Instruction instruction) => instruction.OpCode.Code
        is >= Code.Stloc_0 and <= Code.Stloc_3 or Code.Stloc or Code.Stloc_S or Code.Starg or Code.Starg_S;
}
