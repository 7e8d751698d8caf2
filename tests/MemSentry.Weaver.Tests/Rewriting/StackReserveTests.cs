using MemSentry.Weaver.Rewriting;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

internal sealed class StackReserveTests
{
    [Test]
    public void ABlockEnteredFromBelowWithOperandsIsRefusedByTheJitWithoutReserve() =>
        Assert.That(() => HandMade.Run(EnteredFromBelow()), Throws.InstanceOf<InvalidProgramException>());

    [Test]
    public void ABlockEnteredFromBelowWithOperandsRunsWithReserve()
    {
        MethodDefinition method = EnteredFromBelow();

        StackReserve.Ensure(method.Body);

        Assert.That(HandMade.Run(method), Is.EqualTo(1 + 2 + 3 + 4 + 5 + 6));
    }

    [Test]
    public void OrdinaryBodiesGetNoReserve()
    {
        MethodDefinition method = HandMade.Method();
        HandMade.Body(method, HandMade.ReturnSeven());

        StackReserve.Ensure(method.Body);

        Assert.That(method.Body.Instructions, Has.Count.EqualTo(2));
    }

    /// <summary>br start; add: (entered with three operands, pushes three more); start: three operands; br add.</summary>
    private static MethodDefinition EnteredFromBelow()
    {
        MethodDefinition method = HandMade.Method();
        Instruction start = CompactInstruction.LoadInt32(1);
        Instruction sum = CompactInstruction.LoadInt32(4);
        HandMade.Body(method,
            [
                Instruction.Create(OpCodes.Br_S, start),
                sum, CompactInstruction.LoadInt32(5), CompactInstruction.LoadInt32(6),
                .. Enumerable.Range(0, 5).Select(_ => Instruction.Create(OpCodes.Add)), Instruction.Create(OpCodes.Ret),
                start, CompactInstruction.LoadInt32(2), CompactInstruction.LoadInt32(3), Instruction.Create(OpCodes.Br_S, sum),
            ]);
        return method;
    }
}
