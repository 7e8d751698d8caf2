using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Sites;

/// <summary>
/// A check that the runtime makes, with the instructions that load its operands. What <em>measures</em> takes an address and a number from variables:
/// <c>ldloc; conv.u; ldloc; conv.u8 or conv.i8; size; ldstr; ldc; ldc; call</c>. Any other looks at what lies on the stack, <c>dup; ldstr; ldc; ldc; call</c>, or
/// behind an address on the stack, <c>dup; ldobj; ldstr; ldc; ldc; call</c>.
/// </summary>
public sealed record BorderSite(MethodDefinition Member, int Start, int Length) : Site(Member, Start, Length)
{
    private const int Measuring = 9;
    private const int Looking = 5;

    /// <summary>The member of the runtime.</summary>
    public MethodReference Check => (MethodReference)this[Length - 1].Operand;

    /// <summary>Whether it takes an address and a number.</summary>
    public bool Measures => Length == Measuring;

    /// <summary>Whether it looks behind an address.</summary>
    public bool Dereferences => Length == Looking + 1;

    /// <summary>Loads the number; only of what measures.</summary>
    public Instruction Count => this[2];

    /// <summary>Loads the size of an element; only of what measures.</summary>
    public Instruction ElementSize => this[4];

    /// <summary>The checks of a member, in order.</summary>
    public static IEnumerable<BorderSite> In(MethodDefinition member)
    {
        for (int call = 0; call < member.Body.Instructions.Count; call++)
        {
            if (member.Body.Instructions[call].Operand is MethodReference { DeclaringType: { Name: "BorderCheck", Namespace: "MemSentry.CompilerServices" } } check)
                yield return EndingAt(call, check, member);
        }
    }

    private static BorderSite EndingAt(int call, MethodReference check, MethodDefinition member)
    {
        int length = check.Parameters.Count == 6 ? Measuring : member.Body.Instructions[call - 4].OpCode.Code == Code.Ldobj ? Looking + 1 : Looking;
        return new BorderSite(member, call - length + 1, length);
    }
}
