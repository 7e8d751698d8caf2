using FsCheck.Fluent;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>States of variables share what they have in common, and still behave as if each had variables of its own: compared with plain arrays.</summary>
[TestFixture]
internal sealed class VariableStatesLawTests
{
    private const int Steps = 400;

    private static readonly StackValue[] Values = [.. Gen.Sample(StackValues.Any.Where(v => v.Kind == StackKind.NativeInt), 40, 20)];

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(1000)]
    [TestCase(10_000)]
    public void States_behave_like_arrays_of_their_own(int variables)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            StackValue[] first = random.GetItems(Values, variables);
            var states = new List<(VariableStates State, StackValue[] Model)> { (new VariableStates(first), [.. first]) };
            for (int step = 0; step < Steps; step++)
                Step(states, random);

            foreach ((VariableStates state, StackValue[] model) in states)
                Assert.That(Enumerable.Range(0, state.Count).Select(i => state[i]), Is.EqualTo(model));
        }
    }

    private static void Step(List<(VariableStates State, StackValue[] Model)> states, Random random)
    {
        (VariableStates state, StackValue[] model) = states[random.Next(states.Count)];
        switch (random.Next(8))
        {
            case 0 when states.Count < 12:
                states.Add((state.Copy(), [.. model]));
                break;
            case 1:
                state.DistrustRawPointers();
                for (int i = 0; i < model.Length; i++)
                    model[i] = model[i].AcrossCall();
                break;
            case 2:
                (VariableStates other, StackValue[] otherModel) = states[random.Next(states.Count)];
                StackValue[] joined = [.. model.Zip(otherModel, StackValue.Join)];
                Assert.That(state.Join(other), Is.EqualTo(!joined.SequenceEqual(model)), "Join tells whether anything changed");
                joined.CopyTo(model, 0);
                break;
            case > 2 when model.Length > 0:
                int variable = random.Next(model.Length);
                state[variable] = model[variable] = Values[random.Next(Values.Length)];
                break;
        }
    }
}
