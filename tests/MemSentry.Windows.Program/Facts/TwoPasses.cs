using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Filters of callers and observers of exceptions run before any finally block.</summary>
internal static class TwoPasses
{
    public static int Run()
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => Probe.Look("a FirstChanceException observer");
        Catch(() => Secret.Throw());
        Catch(() => Secret.Fault(null));
        Catch(() => Secret.Overrun(64));
        Catch(() => Secret.Around(() => throw new InvalidOperationException("foreign")));
        _ = Secret.HandleNull(null);
        return Probe.Verdict(atLeast: 10);
    }

    /// <summary>Ends by the exception.</summary>
    public static int RunUnhandled()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, _) =>
        {
            Probe.Look("an UnhandledException observer");
#pragma warning disable RS0030 // The only way to keep the exception from ending the process otherwise.
            Environment.Exit(Probe.Verdict(atLeast: 1));
#pragma warning restore RS0030
        };
        return Secret.Overrun(64);
    }

    private static void Catch(Func<byte> whitelisted)
    {
        try
        {
            _ = whitelisted();
        }
        catch (Exception) when (Filter())
        {
            Probe.Look("a caller's handler");
        }
    }

    private static bool Filter()
    {
        Probe.Look("a caller's filter");
        return true;
    }
}
