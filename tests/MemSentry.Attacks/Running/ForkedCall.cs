using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Attacks.Running;

/// <summary>
/// Makes calls that may end the process, each in a fork of it: under <c>sfi</c> a blocked access faults, the handler reports it and .NET aborts. A fork
/// costs milliseconds where a start of .NET costs a quarter of a second, and there are a thousand such calls.
/// <para>
/// POSIX gives a fork of a process with several threads little to rely on. Here it is nearly enough: the other threads of .NET sleep at that moment (no
/// compilation in the background, see <see cref="ExecutionMode.WithForks"/>; no concurrent collector), so that hardly ever a lock is held. The pipes through
/// which the runtime wakes its own threads lead nowhere in a fork; otherwise it would command those of its parent. A fork that hangs all the same, on
/// a lock of a thread that it does not have, has said nothing about the attack: it is ended and the call made again. A call that hangs every time fails.
/// </para>
/// </summary>
internal sealed class ForkedCall : IDisposable
{
    /// <summary>
    /// How long to wait for the first attempt, in milliseconds; each later one gets as much more. Twice what a dying .NET takes: short enough that a hang costs
    /// little, and on a machine so busy that it is too short, the later ones are not.
    /// </summary>
    private const int Patience = 5_000;
    private const int Attempts = 6;
    private readonly SafeFileHandle _nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
    private readonly int[] _pipes = [.. Pipes()];

    /// <summary>Prepares the process: the block goes to forks too, which it never does outside this test; and nobody wants a thousand cores.</summary>
    /// <param name="blockStart">Where the block starts.</param>
    /// <param name="blockLength">Its length, in bytes.</param>
    public unsafe ForkedCall(ulong blockStart, ulong blockLength)
    {
        Require(LibC.Advise(blockStart, blockLength, LibC.AdviceDoFork));
        ulong* limits = stackalloc ulong[] { 0, 0 };
        Require(LibC.SetLimit(LibC.LimitOfCores, limits));

        // Compiled once here, not in every fork.
        using SafeFileHandle file = CreateFile("nothing");
        Require(LibC.Duplicate((int)file.DangerousGetHandle(), (int)file.DangerousGetHandle()));
        Report(new Outcome(null, null, null, "", false), file);
        RuntimeHelpers.PrepareMethod(typeof(ForkedCall).GetMethod(nameof(RunInFork), BindingFlags.NonPublic | BindingFlags.Instance)!.MethodHandle);
    }

    /// <summary>
    /// Starts a call in a fork. The answer waits for its end: what the call gave, or how the fork ended. Many forks may be under way at once, since
    /// a dying .NET waits two seconds for a thread that no fork has.
    /// </summary>
    public Func<(Outcome? Outcome, int Signal, string Errors)> Start(Func<Outcome> call)
    {
        RuntimeHelpers.PrepareMethod(call.Method.MethodHandle);
        Fork first = Begin(call);
        return () => Finish(first, call);
    }

    /// <inheritdoc/>
    public void Dispose() => _nowhere.Dispose();

    private Fork Begin(Func<Outcome> call)
    {
        SafeFileHandle result = CreateFile("result");
        SafeFileHandle errors = CreateFile("errors");
        int process = LibC.Fork();
        if (process == 0)
            RunInFork(call, result, errors);
        Require(process);
        return new(process, result, errors);
    }

    private (Outcome? Outcome, int Signal, string Errors) Finish(Fork fork, Func<Outcome> call)
    {
        for (int attempt = 1; !EndsWithin(attempt * Patience, fork.Process); attempt++)
        {
            Require(LibC.Signal(fork.Process, LibC.Kill));
            (Outcome?, int, string) end = Collect(fork);
            if (attempt == Attempts)
                return end;
            fork = Begin(call);
        }

        return Collect(fork);
    }

    private static unsafe bool EndsWithin(int milliseconds, int process)
    {
        const short readable = 1;
        int file = LibC.SystemCall(LibC.OpenProcess, process, 0);
        Require(file);
        using var handle = new SafeFileHandle(file, ownsHandle: true);
        var entry = new LibC.PollEntry { File = file, Events = readable };
        int ready;
        do
            ready = LibC.Poll(&entry, 1, milliseconds);
        while (ready < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted);
        Require(ready);
        return ready == 1;
    }

    private static (Outcome? Outcome, int Signal, string Errors) Collect(Fork fork)
    {
        const int signalMask = 0x7f;
        Require(LibC.Wait(fork.Process, out int status, 0));
        using (fork.Result)
        using (fork.Errors)
        {
            string json = ReadAll(fork.Result);
            Outcome? outcome = json.Length == 0 ? null : JsonSerializer.Deserialize(json, FactsJson.Default.Outcome);
            return (outcome, status & signalMask, ReadAll(fork.Errors));
        }
    }

    // Leaves by _exit: the parent's buffers are not this process's to flush.
    private void RunInFork(Func<Outcome> call, SafeFileHandle result, SafeFileHandle errors)
    {
        Require(LibC.Duplicate((int)errors.DangerousGetHandle(), LibC.StandardError));
        foreach (int pipe in _pipes)
            Require(LibC.Duplicate((int)_nowhere.DangerousGetHandle(), pipe));
        LibC.Exit(Report(call(), result) ? 0 : 1);
    }

    private static bool Report(Outcome outcome, SafeFileHandle file)
    {
        byte[] result = JsonSerializer.SerializeToUtf8Bytes(outcome, FactsJson.Default.Outcome);
        return LibC.Write((int)file.DangerousGetHandle(), result, result.Length) == result.Length;
    }

    private static IEnumerable<int> Pipes() =>
        from link in Directory.EnumerateFiles("/proc/self/fd")
        let file = int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture)
        where file > LibC.StandardError && File.ResolveLinkTarget(link, false)?.Name.StartsWith("pipe:", StringComparison.Ordinal) == true
        select file;

    private static SafeFileHandle CreateFile(string name)
    {
        int file = LibC.CreateMemoryFile(name, 0);
        Require(file);
        return new(file, ownsHandle: true);
    }

    private static string ReadAll(SafeFileHandle file) => File.ReadAllText($"/proc/self/fd/{(int)file.DangerousGetHandle()}", Encoding.UTF8);

    private static void Require(int result)
    {
        if (result < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>A fork under way, and the files that it writes.</summary>
    private readonly record struct Fork(int Process, SafeFileHandle Result, SafeFileHandle Errors);
}
