using System.Runtime.ExceptionServices;

namespace MemSentry.Startup;

/// <summary>
/// Starts woven modules one after the other. What the start-up itself uses of the framework may be woven as well, and is then initialised in the middle of it, on the
/// same thread: such a module has to wait until the arena stands or is refused, because before neither can be said.
/// </summary>
internal static class ModuleQueue
{
    private static readonly Queue<(string AssemblyName, int LayoutVersion, string Settings)> Waiting = new();

    private static bool _isBusy;
    private static ExceptionDispatchInfo? _refused;

    /// <summary>Starts a module; see <see cref="CompilerServices.WovenModule.Start"/>.</summary>
    public static void Start(string assemblyName, int layoutVersion, string settings)
    {
        lock (RuntimeStart.ProcessLock)
        {
            if (_isBusy)
            {
                Waiting.Enqueue((assemblyName, layoutVersion, settings));
                return;
            }

            _isBusy = true;
            try
            {
                RuntimeStart.StartModule(assemblyName, layoutVersion, settings);
            }
            finally
            {
                StartWaiting();
                _isBusy = false;
            }

            ThrowIfRefused();
        }
    }

    /// <summary>A module that had to wait and was refused runs all the same: so from then on there are no safe regions in this process.</summary>
    public static void ThrowIfRefused() => _refused?.Throw();

    private static void StartWaiting()
    {
        while (Waiting.TryDequeue(out (string AssemblyName, int LayoutVersion, string Settings) next))
        {
            try
            {
                RuntimeStart.StartModule(next.AssemblyName, next.LayoutVersion, next.Settings);
            }
            catch (Exception e) when (e is SafeRegionException or PlatformNotSupportedException)
            {
                _refused ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
