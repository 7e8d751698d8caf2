namespace MemSentry.ServiceCost.Measuring;

/// <summary>What a stretch of requests cost a service.</summary>
/// <param name="Requests">How many it answered.</param>
/// <param name="Windows">How many windows they opened.</param>
/// <param name="ProcessorSeconds">Time of its process, in user and kernel mode.</param>
/// <param name="Seconds">How long it was loaded.</param>
internal readonly record struct RequestCost(double Requests, double Windows, double ProcessorSeconds, double Seconds)
{
    /// <summary>Processor time of one request, in microseconds.</summary>
    public double Microseconds => 1e6 * ProcessorSeconds / Requests;

    /// <summary>Each window is two switches.</summary>
    public double SwitchesPerRequest => 2 * Windows / Requests;

    /// <summary>Likewise, while it was loaded.</summary>
    public double SwitchesPerSecond => 2 * Windows / Seconds;

    /// <summary>What came between two moments.</summary>
    public static RequestCost operator -(RequestCost after, RequestCost before) => new(
        after.Requests - before.Requests, after.Windows - before.Windows, after.ProcessorSeconds - before.ProcessorSeconds, after.Seconds - before.Seconds);
}
