using System.Diagnostics;
using System.Text.Json;
using MemSentry.Fuzzing.Judging;

namespace MemSentry.Fuzzing.Running;

/// <summary>A runner and its successors: one that dies is replaced, and so is one that has loaded many assemblies.</summary>
/// <param name="mode">How its JIT works.</param>
/// <param name="positionFile">A file of its own.</param>
/// <param name="program">What it is started as; null for one that runs members.</param>
public sealed class RunnerProcess(FuzzMode mode, string positionFile, RunnerProgram? program = null) : IDisposable
{
    private const int OrdersOfOneProcess = 12;
    private const string FallbackVariable = "MEMSENTRY_FALLBACK";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly RunnerProgram _program = program ?? RunnerProgram.Members;
    private Process? _process;
    private Task<string> _errors = Task.FromResult("");
    private int _orders;

    /// <summary>Runs a batch. Members that end the process are found as such, the others run all the same.</summary>
    public RunAnswer Run(RunOrder order)
    {
        var findings = new List<Finding>();
        var broken = new List<int>();
        int run = 0;
        while (true)
        {
            if (Ask(order, findings) is { } counts)
                return new(run + counts.Run, counts.Reached, findings, broken, counts.Gates, counts.Looks);

            int died = Bury(order, findings, broken);
            run += died - order.First;
            order = order with { First = died + 1 };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private RunCounts? Ask(RunOrder order, List<Finding> findings)
    {
        if (_orders++ % OrdersOfOneProcess == 0 || _process is null)
            Restart();
        try
        {
            _process!.StandardInput.WriteLine(JsonSerializer.Serialize(order));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            return null;
        }

        using var timer = new Timer(_ => _process.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Runner.FindingMark, StringComparison.Ordinal))
                findings.Add(JsonSerializer.Deserialize<Finding>(line.AsSpan(Runner.FindingMark.Length))!);
            else if (line.StartsWith(Runner.DoneMark, StringComparison.Ordinal))
                return JsonSerializer.Deserialize<RunCounts>(line.AsSpan(Runner.DoneMark.Length));
        }

        return null;
    }

    // The position says who died. An unwoven member that dies is a defect of the generator, and says nothing about the weaver.
    private int Bury(RunOrder order, List<Finding> findings, List<int> broken)
    {
        _process!.WaitForExit();
        string[] errors = _errors.Result.Split('\n');
        using var position = new Position(positionFile);
        int member = position.Member;
        if (member < 0)
            throw new InvalidOperationException($"The fuzzer's runner ({mode.Name}) ended with {_process.ExitCode} before it ran a member: {string.Join('\n', errors.Take(8))}");
        int number = order.Members[member].Number;
        if (position.Assembly == 0)
            broken.Add(number);
        else
            findings.Add(new(FindingKind.Died, number, order.Woven[position.Assembly - 1].Arm, $"situation {position.Situation}", string.Join(" / ", errors.Take(6))));
        Stop();
        return member;
    }

    private void Restart()
    {
        Stop();
        using (var position = new Position(positionFile))
            position.Member = -1;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["exec", _program.Host, _program.Command, positionFile, .. _program.More])
            start.ArgumentList.Add(argument);
        start.Environment.Remove(FallbackVariable);
        if (_program.Fallback is not null)
            start.Environment[FallbackVariable] = _program.Fallback;
        foreach ((string name, string value) in mode.Execution.Environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _orders = 1;
    }

    private void Stop()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
        _process = null;
    }
}
