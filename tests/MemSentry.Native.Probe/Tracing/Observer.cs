using System.Diagnostics;
using System.Globalization;

namespace MemSentry.Native.Probe.Tracing;

/// <summary>Has a <see cref="Tracer"/> look at this process.</summary>
internal sealed class Observer : IDisposable
{
    private const long SystemCallPrctl = 157;
    private const nuint SetTracer = 0x59616d61;

    private readonly Process _tracer;

    private Observer(Process tracer) => _tracer = tracer;

    public static Observer Start()
    {
        var tracer = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            ["exec", typeof(Observer).Assembly.Location, "trace", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        // PR_SET_PTRACER: where Yama lets a process trace its children only, this one allows its child to. Elsewhere the call is refused, and not needed.
        _ = LibC.SystemCall(SystemCallPrctl, SetTracer, (nuint)tracer.Id, 0);
        return new Observer(tracer);
    }

    /// <summary>All threads of this process at one moment, the calling one included.</summary>
    public IReadOnlyList<ThreadRights> ReadRights() =>
    [
        .. Ask("rights").Select(line => line.Split(' ', 3)).Select(words => new ThreadRights(
            int.Parse(words[0], CultureInfo.InvariantCulture),
            words[2],
            uint.Parse(words[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))),
    ];

    /// <summary>Whether another process can read eight bytes of this one, as a debugger and by its memory file: for example <c>no no</c>.</summary>
    public string Peek(ulong address) => Ask($"peek {address}").Single();

    public void Dispose()
    {
        _tracer.StandardInput.Close();
        _tracer.WaitForExit();
        _tracer.Dispose();
    }

    private List<string> Ask(string request)
    {
        _tracer.StandardInput.WriteLine(request);
        _tracer.StandardInput.Flush();
        var answer = new List<string>();
        while (_tracer.StandardOutput.ReadLine() is { } line && line != ".")
        {
            answer.Add(line);
        }

        return answer.Count > 0 ? answer : throw new InvalidOperationException("The tracer does not answer.");
    }
}
