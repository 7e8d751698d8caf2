using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Attacks.Running;

/// <summary>
/// Makes calls that may end the process, each in a fork of it: under <c>sfi</c> a blocked access faults, the handler reports it and .NET aborts. A fork
/// costs milliseconds where a start of .NET costs a quarter of a second, and there are a thousand such calls.
/// <para>
/// POSIX gives a fork of a process with several threads little to rely on. Here it is enough: the other threads of .NET sleep at that moment (no
/// compilation in the background, see <see cref="ExecutionMode.WithForks"/>; no concurrent collector), so that no lock is held. The pipes through
/// which the runtime wakes its own threads lead nowhere in a fork; otherwise it would command those of its parent. A fork that hangs all the same is ended by
/// its alarm, and the row fails with that reason; a test runs some rows in processes of their own to show that nothing depends on it.
/// </para>
/// </summary>
internal sealed class ForkedCall : IDisposable
{
    private const uint Patience = 20;
    private const int SignalMask = 0x7f;
    private readonly int _result = CreateFile("result");
    private readonly int _errors = CreateFile("errors");
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
        Detach(LibC.Alarm(0), _errors, _errors);
        Report(new Outcome(null, null, null, "", false));
    }

    /// <summary>Calls in a fork: what the call gave, or how the fork ended.</summary>
    public (Outcome? Outcome, int Signal, string Errors) Run(Func<Outcome> call)
    {
        Rewind(_result);
        Rewind(_errors);
        int process = LibC.Fork();
        Require(process);
        if (process == 0)
            RunInFork(call);

        Require(LibC.Wait(process, out int status, 0));
        string result = ReadAll(_result);
        Outcome? outcome = result.Length == 0 ? null : JsonSerializer.Deserialize(result, FactsJson.Default.Outcome);
        return (outcome, status & SignalMask, ReadAll(_errors));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        new SafeFileHandle(_result, ownsHandle: true).Dispose();
        new SafeFileHandle(_errors, ownsHandle: true).Dispose();
        _nowhere.Dispose();
    }

    // Leaves by _exit: the parent's buffers are not this process's to flush.
    private void RunInFork(Func<Outcome> call)
    {
        Detach(LibC.Alarm(Patience), _errors, LibC.StandardError);
        foreach (int pipe in _pipes)
            Require(LibC.Duplicate((int)_nowhere.DangerousGetHandle(), pipe));
        LibC.Exit(Report(call()) ? 0 : 1);
    }

    private static void Detach(uint earlierAlarm, int file, int target) => Require(earlierAlarm == 0 ? LibC.Duplicate(file, target) : -1);

    private bool Report(Outcome outcome)
    {
        byte[] result = JsonSerializer.SerializeToUtf8Bytes(outcome, FactsJson.Default.Outcome);
        return LibC.Write(_result, result, result.Length) == result.Length;
    }

    private static IEnumerable<int> Pipes() =>
        from link in Directory.EnumerateFiles("/proc/self/fd")
        let file = int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture)
        where file > LibC.StandardError && File.ResolveLinkTarget(link, false)?.Name.StartsWith("pipe:", StringComparison.Ordinal) == true
        select file;

    private static int CreateFile(string name)
    {
        int file = LibC.CreateMemoryFile(name, 0);
        Require(file);
        return file;
    }

    private static void Rewind(int file)
    {
        Require(LibC.Truncate(file, 0));
        Require((int)LibC.Seek(file, 0, 0));
    }

    private static string ReadAll(int file) => File.ReadAllText($"/proc/self/fd/{file}", Encoding.UTF8);

    private static void Require(int result)
    {
        if (result < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
