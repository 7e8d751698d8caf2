using System.Runtime.CompilerServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program;

/// <summary>Something to await whose every member is the attacker's code.</summary>
internal readonly struct ForeignAwaitable : INotifyCompletion
{
    /// <summary>Asked before a member is suspended.</summary>
    public bool IsCompleted
    {
        get
        {
            Probe.Look("an awaiter's IsCompleted");
            return false;
        }
    }

    public ForeignAwaitable GetAwaiter() => this;

    public void GetResult() => Probe.Look("an awaiter's GetResult");

    public void OnCompleted(Action continuation)
    {
        Probe.Look("an awaiter's OnCompleted");
        var thread = new Thread(() => continuation());
        thread.Start();
    }
}
