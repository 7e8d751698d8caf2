using System.Runtime.InteropServices;
using MemSentry.Analysis.Members;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Rewriting;
using MemSentry.Weaver.Tests.Fixtures;
using MemSentry.Weaver.Writing;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Debug information is written, read back and compared instruction by instruction with the input's.</summary>
internal sealed class DebugInformationTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public static class Async
        {
            public static async Task<int> Sum(long p, int n)
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                {
                    unsafe { sum += *(int*)p; *(int*)p = sum; }
                    await Task.Yield();
                    try
                    {
                        unsafe { sum += *(int*)p; }
                        await Task.Yield();
                    }
                    catch (InvalidOperationException e) when (e.Message.Length > sum)
                    {
                        int inner = sum;
                        unsafe { sum += *(int*)p + inner; }
                    }
                }
                return sum;
            }

            public static async void Forget(long p)
            {
                await Task.Yield();
                unsafe { *(int*)p = 1; }
            }

            public static IEnumerable<int> Items(long p)
            {
                for (int i = 0; i < 3; i++)
                {
                    int item;
                    unsafe { item = *(int*)p; }
                    yield return item;
                }
            }

            public static unsafe int Scopes(int* p)
            {
                {
                    int first = *p;
                    if (first > 3) { int inner = p[1]; return inner; }
                }
                { int second = *p; return second; }
            }
        }
        """;

    [Test]
    public void EveryInstructionKeepsItsLine([Values] OptimizationLevel level)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();
        var positions = new InputPositions(input);
        List<string> before = positions.Lines(input);

        using ModuleDefinition woven = WeaveAndRead(input);

        Assert.That(before, Has.Count.GreaterThan(300));
        Assert.That(positions.Lines(woven), Is.EqualTo(before));
    }

    [Test]
    public void EveryCheckHasTheLineOfItsAccess([Values] OptimizationLevel level)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();
        var positions = new InputPositions(input);
        List<string> before = positions.LinesOfChecks(input);

        using ModuleDefinition woven = WeaveAndRead(input);

        Assert.That(positions.LinesOfChecks(woven), Is.EqualTo(before));
    }

    [Test]
    public void SequencePointsStayDistinctAndInOrder([Values] OptimizationLevel level)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();

        using ModuleDefinition woven = WeaveAndRead(input);

        foreach (MethodDefinition method in woven.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            int[] offsets = [.. method.DebugInformation.SequencePoints.Select(p => p.Offset)];
            Assert.That(offsets, Is.Ordered.Ascending.And.Unique, method.FullName);
        }
    }

    [Test]
    public void AwaitsAndTheirCatchHandlersKeepTheirInstructions([Values] OptimizationLevel level) => AssertKept(AsyncPositions, level, atLeast: 7);

    [Test]
    public void ScopesOfLocalsKeepTheirInstructions([Values] OptimizationLevel level) => AssertKept(ScopePositions, level, atLeast: 8);

    [Test]
    public void HoistedLocalsOfStateMachinesKeepTheirScopes() => AssertKept(StateMachinePositions, OptimizationLevel.Debug, atLeast: 4);

    [Test]
    public void CodeInsertedBeforeEveryInstructionMovesEveryPositionToIt([Values] OptimizationLevel level)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();
        var positions = new InputPositions(input);
        List<string> before = Everything(positions, input);

        using ModuleDefinition woven = Read(Stretched(input));

        Assert.That(before, Has.Count.GreaterThan(600));
        Assert.That(Everything(positions, woven), Is.EqualTo(before));
    }

    [Test]
    public async Task AStretchedStateMachineRuns([Values] OptimizationLevel level)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();
        WovenImage image = Stretched(input);
        using var stretched = new WovenFixture(image.Assembly, image.Pdb);

        await AssertRuns(stretched);
    }

    [Test]
    public async Task WovenAsyncMembersAndIteratorsRun([Values] OptimizationLevel level)
    {
        using WovenFixture woven = WovenFixture.Of(CSharpFixture.Compile(Source, level).Read());

        await AssertRuns(woven);
    }

    private static async Task AssertRuns(WovenFixture woven)
    {
        nint memory = Marshal.AllocHGlobal(4);
        try
        {
            Marshal.WriteInt32(memory, 1);

            Assert.That(await (Task<int>)woven.Call("Async.Sum", (long)memory, 2)!, Is.EqualTo(6));
            Assert.That((IEnumerable<int>)woven.Call("Async.Items", (long)memory)!, Is.EqualTo((int[])[3, 3, 3]));
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    private static List<string> Everything(InputPositions positions, ModuleDefinition module) =>
    [
        .. positions.Lines(module), .. positions.LinesOfChecks(module), .. positions.Describe(module, AsyncPositions),
        .. positions.Describe(module, ScopePositions), .. positions.Describe(module, StateMachinePositions),
    ];

    /// <summary>Enough code before every instruction to take short branches out of reach, too.</summary>
    private static WovenImage Stretched(ModuleDefinition module)
    {
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            var editor = new BodyEditor(method);
            foreach (Instruction instruction in method.Body.Instructions.Where(i => i.Previous?.OpCode.OpCodeType != OpCodeType.Prefix))
                editor.InsertBefore(instruction, Enumerable.Range(0, 20).Select(_ => Instruction.Create(OpCodes.Nop)));
            editor.Apply();
        }

        return WovenImage.Create(module, DebugFormat.PortableFile, null);
    }

    private static void AssertKept(
        Func<MethodDefinition, IEnumerable<InstructionOffset>> select, OptimizationLevel level, int atLeast)
    {
        using ModuleDefinition input = CSharpFixture.Compile(Source, level).Read();
        var positions = new InputPositions(input);
        List<string> before = positions.Describe(input, select);

        using ModuleDefinition woven = WeaveAndRead(input);

        Assert.That(before, Has.Count.GreaterThanOrEqualTo(atLeast));
        Assert.That(positions.Describe(woven, select), Is.EqualTo(before));
    }

    private static ModuleDefinition WeaveAndRead(ModuleDefinition input)
    {
        ModuleWeave.CarryOut(new ModuleMembers(input), NaivePlan.Of(input), new(), []);
        return Read(WovenImage.Create(input, DebugFormat.PortableFile, null));
    }

    private static ModuleDefinition Read(WovenImage image) => CSharpFixture.ReadModule(image.Assembly, image.Pdb);

    private static IEnumerable<InstructionOffset> AsyncPositions(MethodDefinition method) =>
        method.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>()
            .SelectMany(a => a.Yields.Concat(a.Resumes).Append(a.CatchHandler)).Where(o => o.Offset >= 0);

    private static IEnumerable<InstructionOffset> ScopePositions(MethodDefinition method) =>
        method.DebugInformation.GetScopes().SelectMany(s => (InstructionOffset[])[s.Start, s.End]);

    private static IEnumerable<InstructionOffset> StateMachinePositions(MethodDefinition method) =>
        method.CustomDebugInformations.OfType<StateMachineScopeDebugInformation>()
            .SelectMany(s => s.Scopes).SelectMany(s => (InstructionOffset[])[s.Start, s.End]);
}
