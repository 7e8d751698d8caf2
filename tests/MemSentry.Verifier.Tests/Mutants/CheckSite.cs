using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Verifier.Tests.Mutants;

/// <summary>One check in a woven body: twelve instructions, the address below them on the stack.</summary>
/// <param name="Member">The member.</param>
/// <param name="Start">The index of the first instruction.</param>
internal sealed record CheckSite(MethodDefinition Member, int Start)
{
    private const int Length = 12;

    private static readonly Dictionary<Code, OpCode> Long = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!)
        .Where(o => o.OperandType == OperandType.ShortInlineBrTarget)
        .ToDictionary(o => o.Code, o => (OpCode)typeof(OpCodes).GetFields().Single(f => ((OpCode)f.GetValue(null)!).Name == o.Name[..^2]).GetValue(null)!);

    public Collection<Instruction> Code => Member.Body.Instructions;

    public Instruction this[int index] => Code[Start + index];

    public IEnumerable<Instruction> All => Code.Skip(Start).Take(Length);

    /// <summary>Every check of a module; its bodies get long branches, so that code may be inserted.</summary>
    public static List<CheckSite> In(ModuleDefinition module)
    {
        MethodDefinition thrower = module.GetType("<MemSentry>").Methods.Single(m => m.Name == "Throw");
        var sites = new List<CheckSite>();
        foreach (MethodDefinition member in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            foreach (Instruction instruction in member.Body.Instructions)
                instruction.OpCode = Long.GetValueOrDefault(instruction.OpCode.Code, instruction.OpCode);

            for (int i = 0; i < member.Body.Instructions.Count; i++)
            {
                if (ReferenceEquals(member.Body.Instructions[i].Operand, thrower))
                    sites.Add(new CheckSite(member, i - Length + 1));
            }
        }

        return sites;
    }

    public override string ToString() => $"{Member.Name} check at {Start}";
}
