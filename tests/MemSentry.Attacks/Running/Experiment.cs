using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using MemSentry.Attacks.Contract;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Running;

/// <summary>Runs rows against one safe region and ordinary memory, and writes down what happened.</summary>
public sealed class Experiment
{
    // SIGABRT: how .NET ends a process after an access violation in managed code.
    private const int Aborted = 6;

    private readonly Pattern _pattern;
    private readonly RowMemory _memory;
    private readonly Target _region;
    private readonly Target _ordinary;
    private readonly Lazy<HashSet<string>> _accomplices;
    private readonly byte[] _before = new byte[Pattern.Length];
    private readonly byte[] _after = new byte[Pattern.Length];
    private readonly ForkedCall? _forks;
    private readonly IReadOnlyList<SafeRegionViolationKind> _faults;
    private SafeRegionViolationException? _raised;

    /// <summary>Prepares the memory.</summary>
    /// <param name="pattern">The secret.</param>
    /// <param name="region">The safe region, filled and read by whitelisted code only.</param>
    /// <param name="ordinary">Ordinary memory of the same size.</param>
    /// <param name="fixtures">The assemblies with the rows.</param>
    /// <param name="faults">The kinds of accesses that may end the process when they are blocked.</param>
    public Experiment(
        Pattern pattern, Target region, Target ordinary, IEnumerable<Assembly> fixtures, IReadOnlyList<SafeRegionViolationKind> faults)
    {
        _faults = faults;
        _forks = faults.Count == 0 ? null : new ForkedCall(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength);
        _pattern = pattern;
        _memory = new(pattern);
        _region = region;
        _ordinary = ordinary;
        _accomplices = new(() => [.. fixtures.SelectMany(Accomplices)]);
        Follower.SetValue(pattern.TokenValue);
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    /// <summary>Whether a row may end this process.</summary>
    public bool RunsAlone(AttackRow row) => row.Attack.NeedsThreads && row.MayFault(_faults);

    /// <summary>Whether attacks run in forks, so that it is worth having several under way.</summary>
    public bool Forks => _forks is not null;

    /// <summary>Runs one row in all its situations. The answer waits for what is still under way.</summary>
    /// <param name="row">The row.</param>
    /// <param name="death">What the process wrote that made the attack before, if it ended.</param>
    public Func<RowFacts> Start(AttackRow row, string? death)
    {
        byte[] secret = _memory.Secret(row.Attack);
        byte[] zeros = RowMemory.Other(row.Attack);

        // First on ordinary memory, so that a fork has nothing left to compile.
        Outcome ordinary = Call(row, row.Vulnerable, _ordinary, secret);
        Outcome zero = Call(row, row.Vulnerable, _ordinary, zeros);
        Outcome? none = row.Attack.FatalOnNull ? null : Call(row, row.Vulnerable, _ordinary with { Address = 0 }, zeros);
        Outcome whitelisted = Call(row, row.Whitelisted, _region, secret);
        Func<Outcome> attack = death is null ? Attack(row, secret) : () => Died(row, Aborted, death);
        return () => new(row.Name, attack(), ordinary, zero, none, whitelisted);
    }

    private Func<Outcome> Attack(AttackRow row, byte[] secret)
    {
        if (_forks is null || !row.MayFault(_faults) || row.Attack.NeedsThreads)
        {
            Outcome outcome = Call(row, row.Vulnerable, _region, secret);
            return () => outcome;
        }

        Func<(Outcome? Outcome, int Signal, string Errors)> fork = _forks.Start(() => Call(row, row.Vulnerable, _region, secret));
        return () => fork() is var end && end.Outcome is { } outcome ? outcome : Died(row, end.Signal, end.Errors);
    }

    // The memory went with the fork. The fault was the first access to it, since the report names its first address and nothing was masked before.
    private Outcome Died(AttackRow row, int signal, string errors)
    {
        Violation? violation = FaultReport.Parse(errors) is { } report
            ? new(report.Kind, report.Member, IsExpected(report.Member, row), IsInReach(report.Address))
            : null;
        string exception = signal == Aborted && violation is not null ? Outcome.Fault : $"signal {signal}: {errors.Split('\n')[0]}";
        return new(null, exception, violation, "", false);
    }

    private Outcome Call(AttackRow row, MethodInfo member, Target target, byte[] content)
    {
        content.CopyTo(_before, 0);
        target.Fill(_before);
        _raised = null;
        string? value = null;
        string? exception = null;
        try
        {
            if (row.Writes)
                member.CreateDelegate<Action<nint, ulong>>()(target.Address, _pattern.Value);
            else
                value = member.CreateDelegate<Func<nint, ulong>>()(target.Address).ToString("x16");
        }
        catch (Exception e)
        {
            exception = e.GetType().Name;
        }

        target.Read(_after);
        Violation? violation = _raised is null ? null : Describe(_raised, row);
        bool changed = !_after.AsSpan().SequenceEqual(_before);
        return new(value, exception, violation, HashOf(_after), changed);
    }

    private Violation Describe(SafeRegionViolationException raised, AttackRow row) =>
        new(raised.Kind, raised.Member, IsExpected(raised.Member, row), IsInReach((nint)raised.Address));

    private bool IsInReach(nint address) => (address - _region.Address) is >= -Pattern.Target and < Pattern.Length - Pattern.Target;

    // Compiler-made members carry the source member's name in angle brackets: <Name>b__0, <Name>d__1::MoveNext, <Name>g__Local|2_0.
    private bool IsExpected(string member, AttackRow row)
    {
        string type = row.Vulnerable.DeclaringType!.FullName!;
        bool isOwn = member.StartsWith(type, StringComparison.Ordinal)
            && (member.Contains("::" + row.Vulnerable.Name, StringComparison.Ordinal) || member.Contains($"<{row.Vulnerable.Name}>", StringComparison.Ordinal));
        return isOwn || _accomplices.Value.Any(accomplice => Names(member, accomplice));
    }

    private static bool Names(string member, string accomplice)
    {
        string[] parts = accomplice.Split("::");
        return member.StartsWith("MemSentry.Attacks.Fixtures.", StringComparison.Ordinal)
            && member.Contains(parts[0], StringComparison.Ordinal)
            && (member.Contains("::" + parts[1], StringComparison.Ordinal) || member.Contains($"<{parts[1]}>", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Accomplices(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(AccompliceAttribute))
        select $"{type.Name}::{method.Name}";

    private static string HashOf(byte[] memory)
    {
        RowMemory.RemoveAddresses(memory);
        return Convert.ToHexStringLower(SHA256.HashData(memory));
    }

    private void Note(object? sender, FirstChanceExceptionEventArgs e) => _raised ??= e.Exception as SafeRegionViolationException;
}
