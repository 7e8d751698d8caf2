using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Building;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Running;

namespace MemSentry.Fuzzing.Tests.Fixtures;

/// <summary>Builds and runs a few members.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly MemberCompiler Compiler = new();
    private readonly string _root = Directory.CreateTempSubdirectory("memsentry-fuzzing-tests-").FullName;
    private readonly RunnerProcess _runner;
    private int _batches;

    public Bench() => _runner = new(FuzzMode.TierZero, Path.Combine(_root, "position"));

    /// <summary>Builds and weaves members.</summary>
    public BuiltBatch Build(IReadOnlyList<FuzzArm> arms, params Member[] members) =>
        new BatchBuilder(Compiler, Engine.Own, _root).Build(new($"Bench{_batches++}", members[0].Form, BuildConfiguration.Release, arms, FuzzMode.TierZero, members));

    /// <summary>Runs what was built.</summary>
    public RunAnswer Run(RunOrder order) => _runner.Run(order);

    /// <summary>Builds, weaves and runs members.</summary>
    public RunAnswer Run(IReadOnlyList<FuzzArm> arms, params Member[] members) => Run(Build(arms, members).Order);

    /// <summary>Runs members with the unwoven assembly in the place of a woven one.</summary>
    public RunAnswer RunUnwoven(params Member[] members)
    {
        RunOrder order = Build([], members).Order;
        return Run(order with { Woven = [new WovenFile("unwoven", order.Unwoven, true, true)] });
    }

    public void Dispose()
    {
        _runner.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
