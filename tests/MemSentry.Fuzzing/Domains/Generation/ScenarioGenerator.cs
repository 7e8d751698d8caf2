using System.Collections.Immutable;
using MemSentry.Fuzzing.Domains.Tree;
using MemSentry.Fuzzing.Domains.Vocabulary;
using MemSentry.Fuzzing.Generation;

namespace MemSentry.Fuzzing.Domains.Generation;

/// <summary>Makes random scenarios. The same seed and number give the same scenario everywhere.</summary>
public sealed class ScenarioGenerator
{
    private const int Depth = 5;
    private const int MostRounds = 6;
    private const int Bits = 4;
    private readonly Dice _dice;
    private int _rounds = 1;

    private ScenarioGenerator(Dice dice) => _dice = dice;

    /// <summary>A scenario.</summary>
    /// <param name="seed">The seed of the series.</param>
    /// <param name="number">Its number in the series.</param>
    public static Scenario Make(long seed, long number)
    {
        var generator = new ScenarioGenerator(Dice.For(seed, number));
        ImmutableArray<Act> body = generator.Block(generator._dice.Below(3) + 2, Depth, isTrusted: false);
        return new(body, generator._dice.Percent(35) ? generator.Block(1, 3, isTrusted: false) : []);
    }

    private ImmutableArray<Act> Block(int count, int depth, bool isTrusted) => [.. Enumerable.Range(0, count).Select(_ => Make(depth, isTrusted))];

    private ImmutableArray<Act> Some(int depth, bool isTrusted) => Block(_dice.Below(isTrusted ? 3 : 2) + 1, depth - 1, isTrusted);

    private Act Make(int depth, bool isTrusted) => depth > 0 && _dice.Percent(isTrusted ? 55 : 85) ? Compound(depth, isTrusted) : Simple(isTrusted);

    private Act Simple(bool isTrusted) => _dice.Weighted<Func<Act>>(
        (isTrusted ? 40 : 0, Touch),
        (6, () => new Act.Note()),
        (isTrusted ? 8 : 6, () => new Act.Fault(_dice.Of(FaultWays.All).Name, _dice.Percent(25) ? (int?)null : _dice.Below(Bits))),
        (5, () => new Act.Again(_dice.Below(4))),
        (2, () => new Act.Initialise()),
        (2, () => new Act.Return(_dice.Below(Bits))),
        (isTrusted ? 5 : 0, () => new Act.Pause()))();

    private Act Compound(int depth, bool isTrusted) => _dice.Weighted<Func<Act>>(
        (isTrusted ? 8 : 36, () => Gate(depth)),
        (isTrusted ? 16 : 6, () => Call(depth)),
        (isTrusted ? 5 : 1, () => new Act.Lambda(Some(depth, isTrusted))),
        (14, () => new Act.TryCatch(Some(depth, isTrusted), _dice.Percent(50) ? FaultWays.Caught[0] : _dice.Of(FaultWays.Caught), Filter(depth, isTrusted), Some(depth, isTrusted))),
        (7, () => new Act.TryFinally(Some(depth, isTrusted), Some(depth, isTrusted))),
        (5, () => new Act.If(_dice.Below(Bits), Some(depth, isTrusted), Some(depth, isTrusted))),
        (2, () => new Act.Switch(_dice.Below(Bits), Some(depth, isTrusted), Some(depth, isTrusted))),
        (4, () => Loop(depth, isTrusted)))();

    private Act.Touch Touch() => new(_dice.Of(Touches.All).Name, _dice.Below(12));

    private Act.Gate Gate(int depth) => new(
        _dice.Percent(30) ? GateShapes.Plain : _dice.Of(GateShapes.All).Name, _dice.Percent(35), _dice.Percent(25), Some(depth, isTrusted: true).Insert(0, Touch()));

    private Act.Call Call(int depth) => new(_dice.Of(Calls.All).Name, Some(depth, isTrusted: false));

    private Act? Filter(int depth, bool isTrusted) => _dice.Weighted<Func<Act?>>(
        (50, () => null), (isTrusted ? 20 : 0, Touch), (25, () => Call(depth)), (15, () => Gate(depth)))();

    private Act Loop(int depth, bool isTrusted)
    {
        int times = _dice.Below(2) + 2;
        if (_rounds * times > MostRounds)
            return Simple(isTrusted);
        _rounds *= times;
        Act loop = new Act.Loop(times, Some(depth, isTrusted));
        _rounds /= times;
        return loop;
    }
}
