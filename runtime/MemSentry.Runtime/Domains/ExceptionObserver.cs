using System.Runtime.ExceptionServices;
using MemSentry.Allocation;
using MemSentry.CompilerServices;

namespace MemSentry.Domains;

/// <summary>
/// Closes a thread's windows when an exception sets out. Observers of exceptions, and the filters of callers, run before any <c>finally</c> does
/// (ECMA-335 I.12.4.2.5), while the gate that would close is still waiting. A handler in whitelisted code opens again what it needs.
/// </summary>
internal static unsafe class ExceptionObserver
{
    private static bool _isStarted;

    /// <summary>Subscribes, once, when the first module that needs it starts: before any code of that module can subscribe others.</summary>
    public static void Start(ArenaHeader* arena)
    {
        if (arena->Method != DomainMethod.None && !_isStarted)
        {
            _isStarted = true;
            AppDomain.CurrentDomain.FirstChanceException += Close;
            Rehearse(arena);
        }
    }

    private static void Close(object? sender, FirstChanceExceptionEventArgs e) => Window.Suspend(Windows.Exception);

    /// <summary>Every switch once, so that nothing is compiled or bound for the first time while a lock is held or a window is open.</summary>
    private static void Rehearse(ArenaHeader* arena)
    {
        byte mark;
        var frame = (nuint)(&mark);
        Windows.Enter(arena, 0, WindowRights.ReadWrite, frame);
        Windows.Suspend(arena, Windows.Exception);
        Windows.Resume(arena, frame - 1);
        Windows.Leave(arena, frame);
    }
}
