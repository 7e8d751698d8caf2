using System.Runtime.Loader;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Traces;

/// <summary>
/// The graph against what the runtime really does: random members are run, with exceptions thrown at every point, and each step from point to point has to be
/// a path of the graph on which no other point lies.
/// </summary>
[TestFixture]
internal sealed class FlowTraceTests
{
    private const int Members = 150;
    private const int Throws = 25;

    [Test]
    public void Every_step_that_is_executed_is_a_path_of_the_graph()
    {
        using ModuleDefinition module = Write();
        var image = new MemoryStream();
        module.Write(image);
        image.Position = 0;
        System.Reflection.Assembly assembly = AssemblyLoadContext.GetLoadContext(typeof(Recorder).Assembly)!.LoadFromStream(image);

        int steps = 0;
        int betweenPasses = 0;
        foreach (MethodDefinition method in module.GetType("Traced").Methods)
        {
            var flow = new TracedFlow(method);
            Action member = assembly.GetType("Traced")!.GetMethod(method.Name)!.CreateDelegate<Action>();
            for (int run = 0; run < 3 * Throws; run++)
            {
                IReadOnlyList<int> trace = Recorder.Run(member, ThrowsOf(run), seed: run / Throws);
                foreach ((int from, int to) in trace.Zip(trace.Skip(1)))
                {
                    Assert.That(flow.Allows(from, to), $"{method.Name}, run {run}: from point {from} to point {to}");
                    steps++;
                    betweenPasses += flow.IsBetweenPasses(from, to) ? 1 : 0;
                }
            }
        }

        Assert.That(steps, Is.GreaterThan(10_000));
        Assert.That(betweenPasses, Is.GreaterThan(20), "a filter runs before the finally and fault blocks inside its try block");
    }

    /// <summary>Nothing in the first run of a seed, then one point after the other; every third time another one soon after.</summary>
    private static int[] ThrowsOf(int run) => (run % Throws, run % 3) switch
    {
        (0, _) => [],
        (int first, 2) => [first, first + 2],
        (int first, _) => [first],
    };

    private static ModuleDefinition Write()
    {
        ModuleDefinition module = ModuleDefinition.CreateModule("Traced", ModuleKind.Dll);
        var type = new TypeDefinition("", "Traced", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(type);
        for (int i = 0; i < Members; i++)
        {
            var method = new MethodDefinition($"M{i}", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
            type.Methods.Add(method);
            TracedMember.Write(method, new Random(i));
        }

        return module;
    }
}
