using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>What <c>tests/MemSentry.Mutants</c> does not do to masks.</summary>
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

    [TestCase(Code.Sub, AccessTable.AddressSpaceLayout.AliasBit, TestName = "Mask that is moved back into the block afterwards is no mask")]
    [TestCase(Code.Xor, AccessTable.AddressSpaceLayout.AliasBit, TestName = "Mask whose bit is taken away afterwards is no mask")]
    [TestCase(Code.And, ~AccessTable.AddressSpaceLayout.AliasBit, TestName = "Mask whose bit is cleared afterwards is no mask")]
    [TestCase(Code.Add, 1L << 40, TestName = "Mask that is moved on by a terabyte is no mask")]
    [TestCase(Code.Mul, 4L, TestName = "Mask that is multiplied so that its bit is lost is no mask")]
    public void Changed_afterwards(Code operation, long operand) => EachIsRejected((body, mask) =>
    {
        body.Instructions.Insert(mask + 3, Instruction.Create(OpCodes.Ldc_I8, operand));
        body.Instructions.Insert(mask + 4, Instruction.Create(operation switch { Code.Sub => OpCodes.Sub, Code.Xor => OpCodes.Xor, Code.And => OpCodes.And, Code.Add => OpCodes.Add, _ => OpCodes.Mul }));
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
