using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Whatever is done to any single mask of code that our weaver made, the verifier names the member.</summary>
[TestFixture]
internal sealed class MaskMutantTests
{
    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Sources.EveryCheckCounts), new WeaverOptions { ProtMethod = ProtectionMethod.Sfi });
        Assert.That(Workplace.Verify(_woven).Findings, Is.Empty, "the original");
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void Removed_mask_is_missed() => EachIsRejected((body, mask) =>
    {
        for (int i = mask; i < mask + 3; i++)
            (body.Instructions[i].OpCode, body.Instructions[i].Operand) = (OpCodes.Nop, null);
    });

    [Test]
    public void Another_bit_is_no_mask() => EachIsRejected((body, mask) => body.Instructions[mask].Operand = (long)body.Instructions[mask].Operand >> 1);

    [Test]
    public void Exclusive_or_is_no_mask() => EachIsRejected((body, mask) => body.Instructions[mask + 2].OpCode = OpCodes.Xor);

    [Test]
    public void Mask_of_a_copy_is_no_mask() => EachIsRejected((body, mask) =>
    {
        body.Instructions.Insert(mask, Instruction.Create(OpCodes.Dup));
        body.Instructions.Insert(mask + 4, Instruction.Create(OpCodes.Pop));
    });

    [Test]
    public void Mask_that_is_moved_on_afterwards_is_no_mask() => EachIsRejected((body, mask) =>
    {
        body.Instructions.Insert(mask + 3, Instruction.Create(OpCodes.Ldc_I4_4));
        body.Instructions.Insert(mask + 4, Instruction.Create(OpCodes.Sub));
    });

    private void EachIsRejected(Action<MethodBody, int> mutation)
    {
        int sites = 1;
        var survivors = new List<string>();
        for (int i = 0; i < sites; i++)
        {
            string member = "";
            string mutant = _work.Change(_woven, module =>
            {
                (MethodDefinition Member, int Index)[] masks = [.. MasksIn(module)];
                Assert.That(sites = masks.Length, Is.GreaterThanOrEqualTo(12));
                member = masks[i].Member.Name;
                mutation(masks[i].Member.Body, masks[i].Index);
            });
            if (!Workplace.Verify(mutant).Findings.Any(f => f.Member!.Contains($"::{member}(", StringComparison.Ordinal)))
                survivors.Add(member);
        }

        TestContext.Out.WriteLine($"{sites - survivors.Count} of {sites} mutants rejected");
        Assert.That(survivors, Is.Empty);
    }

    private static IEnumerable<(MethodDefinition Member, int Index)> MasksIn(ModuleDefinition module) =>
        from member in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody)
        from index in Enumerable.Range(0, member.Body.Instructions.Count)
        where member.Body.Instructions[index] is { Operand: AccessTable.AddressSpaceLayout.AliasBit }
        select (member, index);
}
