namespace MemSentry.ServiceCost.Measuring;

/// <summary>Loads services in turn, for a tenth of a second each, so that whatever else the machine does meets all of them.</summary>
internal static class Comparison
{
    private const int Rounds = 5;
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <summary>For warming up and measuring together: a figure may take less than a minute.</summary>
    private static readonly TimeSpan All = TimeSpan.FromSeconds(37);

    /// <summary>Measures.</summary>
    /// <param name="services">The first is the one without protection.</param>
    /// <exception cref="InvalidOperationException">Not every request was answered well.</exception>
    public static async Task<IReadOnlyList<MethodCost>> RunAsync(IReadOnlyList<RunningService> services)
    {
        int turns = (int)((All - (services.Count * WarmUp)) / (Rounds * services.Count * Stretch));
        await TakeTurnsAsync(services, (int)(WarmUp / Stretch));

        List<RequestCost[]> rounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            RequestCost[] before = await ReadCostsAsync(services);
            await TakeTurnsAsync(services, turns);
            RequestCost[] after = await ReadCostsAsync(services);
            rounds.Add([.. after.Zip(before, (a, b) => a - b)]);
        }

        foreach (RunningService service in services)
            await service.FinishAsync();
        return [.. services.Select((s, i) => new MethodCost(s.Method, [.. rounds.Select(r => r[i])], [.. rounds.Select(r => r[0])]))];
    }

    private static async Task TakeTurnsAsync(IReadOnlyList<RunningService> services, int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            // There and back again: no service has the same neighbour always.
            foreach (RunningService service in turn % 2 == 0 ? services : services.Reverse())
                await service.LoadAsync(Stretch);
        }
    }

    private static async Task<RequestCost[]> ReadCostsAsync(IReadOnlyList<RunningService> services)
    {
        var costs = new RequestCost[services.Count];
        for (int i = 0; i < costs.Length; i++)
            costs[i] = await services[i].ReadCostAsync();
        return costs;
    }
}
