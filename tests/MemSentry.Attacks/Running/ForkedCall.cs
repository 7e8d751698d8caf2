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
    private const uint Patience = 120;
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
        Detach(LibC.Alarm(0), file, (int)file.DangerousGetHandle());
        Report(new Outcome(null, null, null, "", false), file);
    }

    /// <summary>
    /// Starts a call in a fork. The answer waits for its end: what the call gave, or how the fork ended. Many forks may be under way at once, since
    /// a dying .NET waits two seconds for a thread that no fork has.
    /// </summary>
    public Func<(Outcome? Outcome, int Signal, string Errors)> Start(Func<Outcome> call)
    {
        SafeFileHandle result = CreateFile("result");
        SafeFileHandle errors = CreateFile("errors");
        int process = LibC.Fork();
        Require(process);
        if (process == 0)
            RunInFork(call, result, errors);
        return () => Finish(process, result, errors);
    }

    /// <inheritdoc/>
    public void Dispose() => _nowhere.Dispose();

    private static (Outcome? Outcome, int Signal, string Errors) Finish(int process, SafeFileHandle result, SafeFileHandle errors)
    {
        const int signalMask = 0x7f;
        Require(LibC.Wait(process, out int status, 0));
        using (result)
        using (errors)
        {
            string json = ReadAll(result);
            Outcome? outcome = json.Length == 0 ? null : JsonSerializer.Deserialize(json, FactsJson.Default.Outcome);
            return (outcome, status & signalMask, ReadAll(errors));
        }
    }

    // Leaves by _exit: the parent's buffers are not this process's to flush.
    private void RunInFork(Func<Outcome> call, SafeFileHandle result, SafeFileHandle errors)
    {
        Detach(LibC.Alarm(Patience), errors, LibC.StandardError);
        foreach (int pipe in _pipes)
            Require(LibC.Duplicate((int)_nowhere.DangerousGetHandle(), pipe));
        LibC.Exit(Report(call(), result) ? 0 : 1);
    }

    private static void Detach(uint earlierAlarm, SafeFileHandle file, int target) =>
        Require(earlierAlarm == 0 ? LibC.Duplicate((int)file.DangerousGetHandle(), target) : -1);

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
}
