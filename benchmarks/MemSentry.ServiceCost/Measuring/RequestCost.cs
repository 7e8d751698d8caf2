namespace MemSentry.ServiceCost.Measuring;

/// <summary>What a stretch of requests cost a service.</summary>
/// <param name="Requests">How many it answered.</param>
/// <param name="Windows">How many windows they opened.</param>
/// <param name="ProcessorSeconds">Time of its process, in user and kernel mode.</param>
/// <param name="Seconds">Time that passed.</param>
internal readonly record struct RequestCost(double Requests, double Windows, double ProcessorSeconds, double Seconds)
{
    /// <summary>Processor time of one request, in microseconds.</summary>
    public double Microseconds => 1e6 * ProcessorSeconds / Requests;

    /// <summary>Each window is two switches.</summary>
    public double SwitchesPerRequest => 2 * Windows / Requests;

    /// <summary>Likewise.</summary>
    public double SwitchesPerSecond => 2 * Windows / Seconds;
}
