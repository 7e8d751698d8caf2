using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Verifier.Tests.Mutants;

/// <summary>One call of a check of the runtime in a woven body, with the instructions that load its operands.</summary>
/// <param name="Member">The member.</param>
/// <param name="Start">The index of the first instruction that belongs to it.</param>
/// <param name="End">The index of the call.</param>
internal sealed record BorderSite(MethodDefinition Member, int Start, int End)
{
    public Collection<Instruction> Code => Member.Body.Instructions;

    public MethodReference Check => (MethodReference)Code[End].Operand;

    /// <summary>Whether it checks an address together with a length: <c>ldloc; conv.u; ldloc; conv.u8 or conv.i8; size; ldstr; ldc; ldc; call</c>.</summary>
    public bool Measures => Check.Parameters.Count == 6;

    /// <summary>Whether it checks what lies behind an address: <c>dup; ldobj; ldstr; ldc; ldc; call</c>.</summary>
    public bool Dereferences => Code[End - 4].OpCode.Code == Mono.Cecil.Cil.Code.Ldobj;

    /// <summary>Whether it checks a span by value, which stands wherever it goes from there.</summary>
    public bool IsSpan => !Measures && !Dereferences && Check.Name != "Handle";

    public static List<BorderSite> In(ModuleDefinition module) =>
    [
        .. from member in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
           from end in Enumerable.Range(0, member.Body.Instructions.Count)
           where member.Body.Instructions[end].Operand is MethodReference { DeclaringType.Name: "BorderCheck" }
           select At(member, end),
    ];

    public override string ToString() => $"{Member.Name} {Check.Name} at {Start}";

    private static BorderSite At(MethodDefinition member, int end)
    {
        var site = new BorderSite(member, 0, end);
        return site with { Start = end - (site.Measures ? 8 : site.Dereferences ? 5 : 4) };
    }
}
