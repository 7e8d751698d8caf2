using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace MemSentry.Startup;

/// <summary>
/// Starts woven modules one after the other. What observes the start-up - a handler of exceptions, say - may use a module that is woven as well, which is then initialised in the middle of it, on
/// the same thread: such a module has to wait until the arena stands or is refused, because before neither can be said. While the lock is held, nothing is called that could
/// wait for the initialiser of a module on another thread: see <see cref="StartDependencies"/> and <see cref="Announcements"/>.
/// </summary>
internal static class ModuleQueue
{
    private static readonly Queue<(string AssemblyName, int LayoutVersion, string Settings)> Waiting = new();

    private static bool _isBusy;
    private static ExceptionDispatchInfo? _refused;

    /// <summary>Starts a module; see <see cref="CompilerServices.WovenModule.Start"/>.</summary>
    public static void Start(string assemblyName, int layoutVersion, string settings)
    {
        StartDependencies.Initialize(settings);
        try
        {
            StartInTurn(assemblyName, layoutVersion, settings);
        }
        finally
        {
            Announcements.Write();
        }
    }

    /// <summary>A module that had to wait and was refused runs all the same: so from then on there are no safe regions in this process.</summary>
    public static void ThrowIfRefused() => _refused?.Throw();

    private static void StartInTurn(string assemblyName, int layoutVersion, string settings)
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

    /// <summary>Whatever keeps a module from starting is a refusal: it runs already, so nobody else could hear of it.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What is not caught here would have all modules that come later wait for ever, and run meanwhile.")]
    private static void StartWaiting()
    {
        while (Waiting.TryDequeue(out (string AssemblyName, int LayoutVersion, string Settings) next))
        {
            try
            {
                RuntimeStart.StartModule(next.AssemblyName, next.LayoutVersion, next.Settings);
            }
            catch (Exception e)
            {
                _refused ??= ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
