using System.Diagnostics;
using MemSentry.Analysis.Diagnostics;
using MemSentry.ServiceCost.Load;
using MemSentry.Services;

namespace MemSentry.ServiceCost.Measuring;

/// <summary>The service under one method, warmed up; it says of itself what its requests cost.</summary>
internal sealed class RunningService : IDisposable
{
    private const int WarmUpSeconds = 2;

    private readonly ServiceProcess _process;
    private readonly ServiceClient _client;
    private readonly string _token;

    private RunningService(string method, ServiceProcess process, ServiceClient client, string token)
    {
        (Method, _process, _client, _token) = (method, process, client, token);
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>Weaves, starts and warms up.</summary>
    /// <exception cref="WeaveException">The method cannot be asked for.</exception>
    /// <exception cref="ServiceException">The service refuses to start here.</exception>
    public static async Task<RunningService> StartAsync(string method, string folder)
    {
        ServiceProcess process = ServiceProcess.Start(ServiceBuild.Make(method, folder), new Dictionary<string, string>());
        try
        {
            var client = new ServiceClient(process.Connect());
            string token = await client.SignAsync("alice", "read write");
            await LoadRun.ExecuteAsync(client.Address, token, WarmUpSeconds);
            return new RunningService(method, process, client, token);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Loads the service for so many seconds.</summary>
    public async Task<RequestCost> MeasureAsync(int seconds)
    {
        IReadOnlyDictionary<string, double> before = await _client.ReadMetricsAsync();
        long start = Stopwatch.GetTimestamp();
        await LoadRun.ExecuteAsync(_client.Address, _token, seconds);
        double passed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        IReadOnlyDictionary<string, double> after = await _client.ReadMetricsAsync();

        double Grown(string metric) => after[metric] - before[metric];
        return new RequestCost(Grown("tokens_requests_total"), Grown("memsentry_windows_total"), Grown("process_cpu_seconds_total"), passed);
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }
}
