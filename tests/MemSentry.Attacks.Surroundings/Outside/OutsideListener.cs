using System.Diagnostics.Tracing;

namespace MemSentry.Attacks.Outside;

/// <summary>Listens to events and keeps the last number it saw.</summary>
public sealed class OutsideListener : EventListener
{
    /// <summary>The number.</summary>
    public ulong Seen { get; private set; }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.Payload is [long number])
            Seen = (ulong)number;
    }
}
