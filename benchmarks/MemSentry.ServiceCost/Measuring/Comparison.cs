namespace MemSentry.ServiceCost.Measuring;

/// <summary>Loads services in turn, so that whatever else the machine does meets all of them.</summary>
internal static class Comparison
{
    private const int Rounds = 5;
    private const int Seconds = 1;

    /// <summary>Measures.</summary>
    /// <param name="services">The first is the one without protection.</param>
    public static async Task<IReadOnlyList<MethodCost>> RunAsync(IReadOnlyList<RunningService> services)
    {
        List<RequestCost>[] rounds = [.. services.Select(_ => new List<RequestCost>())];
        for (int round = 0; round < Rounds; round++)
        {
            // There and back again: no service has the same neighbour always.
            IEnumerable<int> order = Enumerable.Range(0, services.Count);
            foreach (int i in round % 2 == 0 ? order : order.Reverse())
                rounds[i].Add(await services[i].MeasureAsync(Seconds));
        }

        return [.. services.Select((s, i) => new MethodCost(s.Method, rounds[i], rounds[0]))];
    }
}
