using MemSentry.Weaver.Rewriting;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>What the one door for IL edits does to whatever refers to an instruction.</summary>
internal sealed class BodyEditorTests
{
    private static readonly OpCode[] Counted = [OpCodes.Ldc_I4_1, OpCodes.Pop];

    [Test]
    public void ABranchLeadsToTheCodeBeforeItsTarget()
    {
        MethodDefinition method = HandMade.Method();
        Instruction target = Instruction.Create(OpCodes.Ldc_I4_7);
        HandMade.Body(method, Instruction.Create(OpCodes.Br_S, target), Instruction.Create(OpCodes.Ldc_I4_0), target, Instruction.Create(OpCodes.Ret));

        Instruction[] code = InsertBefore(method, target);

        Assert.That(method.Body.Instructions[0].Operand, Is.SameAs(code[0]));
    }

    [Test]
    public void EverySwitchTargetLeadsToTheCodeBeforeIt()
    {
        MethodDefinition method = HandMade.Method();
        Instruction first = Instruction.Create(OpCodes.Ldc_I4_7);
        Instruction second = Instruction.Create(OpCodes.Ldc_I4_8);
        HandMade.Body(method, Instruction.Create(OpCodes.Ldc_I4_1), Instruction.Create(OpCodes.Switch, [first, second, first]),
            first, Instruction.Create(OpCodes.Ret), second, Instruction.Create(OpCodes.Ret));

        Instruction[] code = InsertBefore(method, first);

        Assert.That((Instruction[])method.Body.Instructions[1].Operand, Is.EqualTo((Instruction[])[code[0], second, code[0]]));
    }

    [Test]
    public void ABranchInsideInsertedCodeToTheTargetIsNotLedBackToTheCode()
    {
        MethodDefinition method = HandMade.Method();
        Instruction target = Instruction.Create(OpCodes.Ldc_I4_7);
        HandMade.Body(method, target, Instruction.Create(OpCodes.Ret));
        Instruction branch = Instruction.Create(OpCodes.Br_S, target);

        var editor = new BodyEditor(method);
        editor.InsertBefore(target, [branch]);
        editor.Apply();

        Assert.That(branch.Operand, Is.SameAs(target));
    }

    [TestCase(nameof(ExceptionHandler.TryStart))]
    [TestCase(nameof(ExceptionHandler.TryEnd))]
    [TestCase(nameof(ExceptionHandler.FilterStart))]
    [TestCase(nameof(ExceptionHandler.HandlerStart))]
    [TestCase(nameof(ExceptionHandler.HandlerEnd))]
    public void AHandlerBoundaryMovesToTheCodeBeforeIt(string boundary)
    {
        MethodDefinition method = HandMade.Method();
        Instruction[] input = [.. Enumerable.Range(0, 5).Select(_ => Instruction.Create(OpCodes.Nop)), .. HandMade.ReturnSeven()];
        HandMade.Body(method, input);
        var handler = new ExceptionHandler(ExceptionHandlerType.Filter)
        {
            TryStart = input[0],
            TryEnd = input[1],
            FilterStart = input[2],
            HandlerStart = input[3],
            HandlerEnd = input[4],
        };
        method.Body.ExceptionHandlers.Add(handler);
        System.Reflection.PropertyInfo property = typeof(ExceptionHandler).GetProperty(boundary)!;

        Instruction[] code = InsertBefore(method, (Instruction)property.GetValue(handler)!);

        Assert.That(property.GetValue(handler), Is.SameAs(code[0]));
    }

    [Test]
    public void AHandlerThatEndsWithTheBodyStillDoes()
    {
        MethodDefinition method = HandMade.Method();
        Instruction[] input = [.. HandMade.ReturnSeven(), Instruction.Create(OpCodes.Endfinally)];
        HandMade.Body(method, input);
        var handler = new ExceptionHandler(ExceptionHandlerType.Finally) { TryStart = input[0], TryEnd = input[2], HandlerStart = input[2] };
        method.Body.ExceptionHandlers.Add(handler);

        InsertBefore(method, input[2]);

        Assert.That(handler.HandlerEnd, Is.Null);
    }

    [Test]
    public void CodeGoesBeforeAllPrefixes()
    {
        MethodDefinition method = HandMade.Method();
        Instruction access = Instruction.Create(OpCodes.Ldind_I4);
        Instruction[] input =
        [
            Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Unaligned, (byte)1),
            Instruction.Create(OpCodes.Volatile), access, Instruction.Create(OpCodes.Ret),
        ];
        HandMade.Body(method, input);

        Instruction[] code = InsertBefore(method, access);

        Assert.That(method.Body.Instructions, Is.EqualTo((Instruction[])[.. input[..2], .. code, .. input[2..]]));
    }

    [Test]
    public void WhateverLedToARemovedInstructionLeadsToTheNextOne()
    {
        MethodDefinition method = HandMade.Method();
        Instruction marker = Instruction.Create(OpCodes.Nop);
        Instruction next = Instruction.Create(OpCodes.Ldc_I4_7);
        HandMade.Body(method, Instruction.Create(OpCodes.Br_S, marker), marker, next, Instruction.Create(OpCodes.Ret));
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = marker,
            TryEnd = next,
            HandlerStart = next,
        });

        var editor = new BodyEditor(method);
        editor.Remove(marker);
        Instruction check = Instruction.Create(OpCodes.Nop);
        editor.InsertBefore(next, [check]);
        editor.Apply();

        Assert.That(method.Body.Instructions, Does.Not.Contain(marker));
        Assert.That(method.Body.Instructions[0].Operand, Is.SameAs(check));
        Assert.That(method.Body.ExceptionHandlers[0].TryStart, Is.SameAs(check));
    }

    [Test]
    public void ALoopToTheFirstInstructionDoesNotRunThePrologueAgain()
    {
        MethodDefinition method = HandMade.Method();
        Instruction first = Instruction.Create(OpCodes.Nop);
        Instruction loop = Instruction.Create(OpCodes.Br_S, first);
        HandMade.Body(method, first, loop);
        Instruction prologue = Instruction.Create(OpCodes.Nop);

        var editor = new BodyEditor(method);
        editor.InsertPrologue([prologue]);
        editor.Apply();

        Assert.That(method.Body.Instructions[0], Is.SameAs(prologue));
        Assert.That(loop.Operand, Is.SameAs(first));
    }

    [TestCase(40, 1)]
    [TestCase(126, 1)]
    [TestCase(128, 4)]
    [TestCase(40_000, 4)]
    public void ShortBranchesAreWidenedExactlyWhenTheyNoLongerReach(int inserted, int operandSize)
    {
        MethodDefinition method = HandMade.Method();
        Instruction far = Instruction.Create(OpCodes.Ldc_I4_7);
        Instruction between = Instruction.Create(OpCodes.Nop);
        Instruction branch = Instruction.Create(OpCodes.Br_S, far);
        HandMade.Body(method, branch, between, far, Instruction.Create(OpCodes.Ret));

        var editor = new BodyEditor(method);
        editor.InsertBefore(between, [.. Enumerable.Range(0, inserted).Select(_ => Instruction.Create(OpCodes.Nop))]);
        editor.Apply();

        Assert.That(branch.GetSize(), Is.EqualTo(1 + operandSize));
        Assert.That(HandMade.Run(method), Is.EqualTo(7));
    }

    [Test]
    public void EncodingsThatTheCompilerChoseStay()
    {
        MethodDefinition method = HandMade.Method();
        Instruction[] input = [Instruction.Create(OpCodes.Ldc_I4, 7), Instruction.Create(OpCodes.Ret)];
        HandMade.Body(method, input);

        InsertBefore(method, input[0]);

        Assert.That(input[0].OpCode, Is.EqualTo(OpCodes.Ldc_I4));
    }

    private static Instruction[] InsertBefore(MethodDefinition method, Instruction target)
    {
        Instruction[] code = [.. Counted.Select(opcode => Instruction.Create(opcode))];
        var editor = new BodyEditor(method);
        editor.InsertBefore(target, [.. code]);
        editor.Apply();
        return code;
    }
}
