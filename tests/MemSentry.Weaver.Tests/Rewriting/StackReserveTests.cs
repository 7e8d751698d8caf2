using MemSentry.Weaver.Rewriting;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

internal sealed class StackReserveTests
{
    private const int Half = 20;

    [Test]
    public void ABlockEnteredFromBelowWithOperandsIsRefusedByTheJitWithoutReserve() =>
        Assert.That(() => HandMade.Run(EnteredFromBelow()), Throws.InstanceOf<InvalidProgramException>());

    [Test]
    public void ABlockEnteredFromBelowWithOperandsRunsWithReserve()
    {
        MethodDefinition method = EnteredFromBelow();

        StackReserve.Ensure(method.Body);

        Assert.That(HandMade.Run(method), Is.EqualTo(Half * (Half + 1)));
    }

    [Test]
    public void OrdinaryBodiesGetNoReserve()
    {
        MethodDefinition method = HandMade.Method();
        HandMade.Body(method, HandMade.ReturnSeven());

        StackReserve.Ensure(method.Body);

        Assert.That(method.Body.Instructions, Has.Count.EqualTo(2));
    }

    /// <summary>
    /// br start; sum: pushes half of the operands and adds all; start: pushes the other half; br sum. The JIT keeps 16 slots at hand whatever the
    /// header says, hence so many.
    /// </summary>
    private static MethodDefinition EnteredFromBelow()
    {
        MethodDefinition method = HandMade.Method();
        Instruction[] sum = [.. Enumerable.Range(1, Half).Select(CompactInstruction.LoadInt32)];
        Instruction[] start = [.. Enumerable.Range(1, Half).Select(CompactInstruction.LoadInt32)];
        HandMade.Body(method,
            [
                Instruction.Create(OpCodes.Br, start[0]),
                .. sum, .. Enumerable.Range(1, (2 * Half) - 1).Select(_ => Instruction.Create(OpCodes.Add)), Instruction.Create(OpCodes.Ret),
                .. start, Instruction.Create(OpCodes.Br, sum[0]),
            ]);
        return method;
    }
}
