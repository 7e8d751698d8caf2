using System.Collections.Immutable;
using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests.Laws;

/// <summary>Every instruction of woven bodies is monotone: who knows less before it knows no more after it.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class StepLawTests(bool callsKeepProofs)
{
    [Test]
    public void Instructions_are_monotone()
    {
        using var work = new Workplace();
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        using ModuleDefinition module = ModuleDefinition.ReadModule(work.Weave(work.Compile(Sources.Everything)), new ReaderParameters { InMemory = true, AssemblyResolver = resolver });
        var targets = new CallTargets(module, _ => false, module.GetType("<MemSentry>").Methods.Single(m => m.Name == "Throw"), Summaries.None);
        var random = new Random(7);
        int steps = 0;
        foreach (MethodDefinition member in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody))
            steps += Check(member, targets, random);

        Assert.That(steps, Is.GreaterThan(1000));
    }

    private int Check(MethodDefinition member, CallTargets targets, Random random)
    {
        var shapes = new TypeShapes();
        var variables = new Variables(member.Body, shapes, isNativeEntry: false, Summaries.None);
        var numbering = new Numbering();
        var interpreter = new Interpreter(variables, shapes, targets, numbering, new Evidence([]), new Ages(variables, targets.Leaves, !callsKeepProofs), ImmutableHashSet<Instruction>.Empty, callsKeepProofs);
        int steps = 0;
        Fixpoint.Of(new BodyCode(member.Body), variables, shapes, targets, callsKeepProofs).Visit((instruction, before) =>
        {
            // Nothing comes behind these; they are not executed.
            if (instruction.OpCode.FlowControl is FlowControl.Return or FlowControl.Throw or FlowControl.Branch)
                return;

            for (int i = 0; i < 5; i++)
            {
                Frame strong = before.Copy();
                Frame weak = Weaken(before, numbering, random);
                interpreter.Step(instruction, strong);
                interpreter.Step(instruction, weak);
                AssertNoMoreTrusted(weak, strong, member, instruction);
                steps++;
            }
        });
        return steps;
    }

    /// <summary>The join with what another path could have brought, of which less is known in some slots.</summary>
    private static Frame Weaken(Frame frame, Numbering numbering, Random random)
    {
        Frame other = frame.Copy();
        for (int i = 0; i < other.Variables.Length; i++)
            other.Variables[i] = Other(other.Variables[i], random);
        Value[] stack = [.. Enumerable.Range(0, other.Depth).Select(_ => Other(other.Pop(), random)).Reverse()];
        Array.ForEach(stack, other.Push);

        Frame joined = frame.Copy();
        joined.Join(other, numbering);
        return joined;
    }

    private static Value Other(Value value, Random random) => random.Next(5) switch
    {
        0 => value with { Proof = Proof.None, IsFresh = false },
        1 => value with { Stands = false, Type = value.Kind is ValueKind.Raw or ValueKind.Reference ? null : value.Type },
        2 => value with { Number = 0, Relation = default },
        3 => value with { Constant = null, Proof = value.Proof == Proof.Exact ? Proof.Displaced : value.Proof },
        _ => value,
    };

    private static void AssertNoMoreTrusted(Frame weak, Frame strong, MethodDefinition member, Instruction instruction)
    {
        Assert.That(weak.Depth, Is.EqualTo(strong.Depth));
        foreach ((Value less, Value more) in Slots(weak).Zip(Slots(strong)))
            Assert.That(Values.IsNoMoreTrusted(less, more), $"{member.Name} {instruction}: {less} is believed more than {more}");
    }

    private static IEnumerable<Value> Slots(Frame frame) => [.. frame.Variables, .. Enumerable.Range(0, frame.Depth).Select(frame.Peek)];
}
