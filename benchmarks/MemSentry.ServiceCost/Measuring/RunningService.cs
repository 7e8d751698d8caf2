using System.Diagnostics;
using MemSentry.Analysis.Diagnostics;
using MemSentry.ServiceCost.Load;
using MemSentry.Services;

namespace MemSentry.ServiceCost.Measuring;

/// <summary>The service under one method and what asks it; it says of itself what its requests cost.</summary>
internal sealed class RunningService : IDisposable
{
    /// <summary>What optimisation by profile makes of the same code differs from process to process by more than the methods do.</summary>
    private static readonly Dictionary<string, string> Settings = new() { ["DOTNET_TieredPGO"] = "0" };

    private readonly ServiceProcess _process;
    private readonly ServiceClient _client;
    private readonly WrkLoad _load;
    private TimeSpan _loaded;

    private RunningService(string method, ServiceProcess process, ServiceClient client, WrkLoad load) => (Method, _process, _client, _load) = (method, process, client, load);

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Weaves and starts; nobody asks yet.</summary>
    /// <exception cref="WeaveException">The method cannot be asked for.</exception>
    /// <exception cref="ServiceException">The service refuses to start here.</exception>
    public static async Task<RunningService> StartAsync(string method, string folder)
    {
        ServiceProcess process = ServiceProcess.Start(ServiceBuild.Make(method, folder), Settings);
        try
        {
            var client = new ServiceClient(process.Connect());
            var load = WrkLoad.Start(client.Address, await client.SignAsync("alice", "read write"));
            load.Pause();
            return new RunningService(method, process, client, load);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Has it asked for a while.</summary>
    public async Task LoadAsync(TimeSpan stretch)
    {
        long start = Stopwatch.GetTimestamp();
        _load.Resume();
        await Task.Delay(stretch);
        _load.Pause();
        _loaded += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>What all requests since the start have cost. It is read while nobody asks.</summary>
    public async Task<RequestCost> ReadCostAsync()
    {
        IReadOnlyDictionary<string, double> metrics = await _client.ReadMetricsAsync();
        return new RequestCost(metrics["tokens_requests_total"], metrics["memsentry_windows_total"], metrics["process_cpu_seconds_total"], _loaded.TotalSeconds);
    }

    /// <summary>Ends the load.</summary>
    /// <exception cref="InvalidOperationException">Not every request was answered well.</exception>
    public Task FinishAsync() => _load.FinishAsync();

    public void Dispose()
    {
        _load.Dispose();
        _client.Dispose();
        _process.Dispose();
    }
}
