using MemSentry.AccessTable;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>The method <c>sfi</c>, one opcode of the access table at a time: the access consumes a masked copy of each operand that <c>Rw</c> selects.</summary>
internal sealed unsafe class MaskedRowTests
{
    private const int Size = 64;

    public static IEnumerable<Code> Opcodes => OpcodeRow.Opcodes;

    [Test]
    public void TheAccessConsumesMaskedCopies([ValueSource(nameof(Opcodes))] Code code, [Values] CheckedAccesses rw)
    {
        bool loads = rw.HasFlag(CheckedAccesses.Read) && OpcodeRow.Has(code, AccessKind.Load);
        bool stores = rw.HasFlag(CheckedAccesses.Write) && OpcodeRow.Has(code, AccessKind.Store);
        using ModuleDefinition module = OpcodeRow.Make(code);
        using var unwoven = new WovenFixture(Written(OpcodeRow.Make(code)));
        using WovenFixture woven = WovenFixture.AsPlanned(module, new WeaverOptions { ProtMethod = ProtectionMethod.Sfi, Rw = rw });

        // Before it runs: an access that is not masked would take the process down.
        Instruction[] body = [.. module.GetType("Row").Methods.Single(m => m.Name == "Run").Body.Instructions];
        Assert.That(body.Count(i => IsMask(i)), Is.EqualTo((loads ? 1 : 0) + (stores ? 1 : 0)));
        Assert.That(body.Count(i => i.OpCode.Code is Code.Call or Code.Bne_Un or Code.Bne_Un_S), Is.Zero, "a mask needs no branch and no call");

        // Opcodes with one address have it in a; the source of the others is b.
        bool hasTwo = OpcodeTable.OperandsOf(code).Length == 2;
        Assert.That(Run(woven, maskedA: hasTwo ? stores : loads || stores, maskedB: hasTwo && loads), Is.EqualTo(Run(unwoven, maskedA: false, maskedB: false)));
    }

    private static bool IsMask(Instruction i) =>
        i.OpCode.Code == Code.Or && i.Previous.OpCode.Code == Code.Conv_U && i.Previous.Previous is { OpCode.Code: Code.Ldc_I8, Operand: AccessTable.AddressSpaceLayout.AliasBit };

    /// <summary>Runs the row over two buffers, and returns what they hold afterwards.</summary>
    private static string Run(WovenFixture fixture, bool maskedA, bool maskedB)
    {
        byte* a = stackalloc byte[Size], b = stackalloc byte[Size];
        for (int i = 0; i < Size; i++)
            (a[i], b[i]) = (0, (byte)(i + 1));

        nint first = (nint)(maskedA ? AliasAddress.Of(a) : (long)a);
        nint second = (nint)(maskedB ? AliasAddress.Of(b) : (long)b);
        object? result = fixture.Call("Row.Run", first, second);

        // The row of stind.i stores b itself, which differs from run to run.
        string stored = *(nint*)a == second ? "b itself" : Convert.ToHexString(new ReadOnlySpan<byte>(a, Size));
        return $"{result}; {stored}; {Convert.ToHexString(new ReadOnlySpan<byte>(b, Size))}";
    }

    private static byte[] Written(ModuleDefinition module)
    {
        using var image = new MemoryStream();
        module.Write(image);
        return image.ToArray();
    }
}
