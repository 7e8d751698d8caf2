namespace MemSentry.Attacks.Coverage;

/// <summary>Opcodes that need no row of their own under <c>scope=raw</c>, each with the reason.</summary>
public static class ExemptOpcodes
{
    private const string Arithmetic = "computes on the evaluation stack, touches no memory";
    private const string Flow = "moves control, touches no memory";
    private const string Constant = "pushes a constant or a token";
    private const string Variable = "reads or writes a variable of the frame";
    private const string Anchor = "yields an address inside a variable, an object or the frame";
    private const string Object = "accesses memory through an object reference: scope=all";
    private const string Static = "accesses a static field, whose address the runtime chooses";

    private static readonly (string[] Names, string Reason)[] Table =
    [
        (["add", "sub", "mul", "div", "div.un", "rem", "rem.un", "and", "or", "xor", "shl", "shr", "shr.un", "neg", "not", "ceq", "cgt", "cgt.un",
          "clt", "clt.un", "ckfinite", "dup", "pop", "nop", "break", "sizeof"], Arithmetic),
        (["add.ovf", "add.ovf.un", "sub.ovf", "sub.ovf.un", "mul.ovf", "mul.ovf.un"], Arithmetic),
        (["br", "br.s", "brtrue", "brtrue.s", "brfalse", "brfalse.s", "beq", "beq.s", "bge", "bge.s", "bge.un", "bge.un.s", "bgt", "bgt.s", "bgt.un",
          "bgt.un.s", "ble", "ble.s", "ble.un", "ble.un.s", "blt", "blt.s", "blt.un", "blt.un.s", "bne.un", "bne.un.s", "switch", "leave", "leave.s",
          "endfilter", "endfinally", "throw", "rethrow"], Flow),
        (["ldnull", "ldstr", "ldtoken", "ldc.r4", "ldc.r8", "ldc.i8"], Constant),
        (["ldloca", "ldloca.s", "ldarga", "ldarga.s", "localloc", "ldsflda", "unbox"], Anchor),
        (["stloc.s", "stloc.0", "stloc.1", "stloc.2", "stloc.3", "starg"], "short or long form of an instruction that has a row"),
        (["ldelema", "ldlen", "stelem", "castclass", "isinst", "box", "unbox.any", "newarr", "readonly."], Object),
        (["ldsfld", "stsfld"], Static),
        (["refanytype"], "reads the type of a typed reference, not its address"),
        (["jmp"], "hands pointers on without the stack, so such a member is refused (MS3001): Fixtures/Refused/Jmp.il"),
        (["arglist"], "CoreCLR on Linux refuses members with variable arguments"),
    ];

    private static readonly (string Prefix, string Reason)[] Families =
    [
        ("conv.", Arithmetic),
        ("ldc.i4", Constant),
        ("ldarg", Variable),
        ("ldloc", Variable),
        ("ldelem", Object),
        ("stelem", Object),
    ];

    /// <summary>Why an opcode needs no row; null if it does.</summary>
    public static string? ReasonFor(string name) =>
        Table.FirstOrDefault(entry => entry.Names.Contains(name)).Reason
        ?? Families.FirstOrDefault(family => name.StartsWith(family.Prefix, StringComparison.Ordinal)).Reason;
}
