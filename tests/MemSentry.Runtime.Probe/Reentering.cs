using MemSentry.CompilerServices;
using MemSentry.Startup;

namespace MemSentry.Runtime.Probe;

/// <summary>What observes the start of a module may belong to a module that is woven as well, and that starts then: in the middle, on the same thread.</summary>
internal static class Reentering
{
    private static bool _wasAsked;

    /// <summary>To be run without Iced.dll: that it is missing is an exception in the middle, which costs an explanation only.</summary>
    public static int Run(string[] arguments)
    {
        string settings = Windowing.Settings.Replace("mpx", "mprotect", StringComparison.Ordinal);
        AppDomain.CurrentDomain.FirstChanceException += (_, _) =>
        {
            if (Monitor.IsEntered(RuntimeStart.ProcessLock) && !_wasAsked)
            {
                _wasAsked = true;
                WovenModule.Start("Second", AddressSpaceLayout.Version, settings);
                Console.WriteLine("Second has been asked for");
            }
        };
        WovenModule.Start("First", AddressSpaceLayout.Version, settings);
        Console.WriteLine(string.Join(", ", MemSentryRuntime.Status.WovenModules.Select(module => module.Assembly)));
        return 0;
    }
}
