using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Benchmarks;
using MemSentry.ServiceCost.Measuring;
using MemSentry.ServiceCost.Reports;
using MemSentry.Services;

namespace MemSentry.ServiceCost;

/// <summary>
/// Prints a figure <c>tokens</c> (for <c>mpk</c>) or <c>tokens-METHOD</c>: processor time of the token service for one request under a method, over the same
/// without protection. With <c>mpk</c>, all other methods are measured beside it.
/// </summary>
public static class Program
{
    private const string Unprotected = "none";
    private const double MostMicroseconds = 100;

    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static async Task<int> Main(string[] args)
    {
        if (args is not [string method] || method == Unprotected || !(method == "mpk" || ServiceBuild.Methods.Contains(method)))
        {
            Console.Error.WriteLine($"Usage: MemSentry.ServiceCost mpk|{string.Join('|', ServiceBuild.Methods.Except([Unprotected, "mpk"]))}");
            return 2;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("memsentry-tokens-");
        try
        {
            Console.WriteLine(await MeasureAsync(method, folder.FullName));
            return 0;
        }
        catch (Exception e) when (e is WeaveException or ServiceException or InvalidOperationException or IOException or HttpRequestException or TimeoutException)
        {
            Console.Error.WriteLine($"The cost of a request under {method} could not be measured: {e.Message}");
            return 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> MeasureAsync(string method, string folder)
    {
        string[] wanted = method == "mpk" ? [Unprotected, method, .. ServiceBuild.Methods.Except([Unprotected, method])] : [Unprotected, method];
        var services = new List<RunningService>();
        var missing = new List<MissingMethod>();
        try
        {
            foreach (string one in wanted)
                await StartAsync(one, folder, services, missing);
            if (services.FirstOrDefault()?.Method != Unprotected)
                throw new InvalidOperationException(missing[0].Why);

            IReadOnlyList<MethodCost> costs = await Comparison.RunAsync(services);
            CostTable.Print(costs);
            missing.ForEach(m => Console.WriteLine($"{m.Method,-9} not measured: {m.Why}"));
            Check(costs);
            MethodCost asked = costs.FirstOrDefault(c => c.Method == method) ?? throw new InvalidOperationException(missing.Single(m => m.Method == method).Why);
            return FormattableString.Invariant($"{(method == "mpk" ? "tokens" : $"tokens-{method}")} {asked.Ratio:F3} ratio");
        }
        finally
        {
            services.ForEach(s => s.Dispose());
        }
    }

    private static async Task StartAsync(string method, string folder, List<RunningService> services, List<MissingMethod> missing)
    {
        try
        {
            services.Add(await RunningService.StartAsync(method, folder));
        }
        catch (Exception e) when (e is WeaveException or ServiceException { End.ExitCode: 3 })
        {
            missing.Add(MissingMethod.Create(method, e.Message));
        }
    }

    /// <summary>The figure says something only if requests are small, and if they switch wherever the method has windows.</summary>
    private static void Check(IReadOnlyList<MethodCost> costs)
    {
        double bare = costs[0].Typical(c => c.Microseconds);
        if (bare > MostMicroseconds)
            throw new InvalidOperationException(FormattableString.Invariant($"A request without protection takes {bare:F1} us; beside more than {MostMicroseconds} us the cost of a window would not show."));

        MethodCost? idle = costs.FirstOrDefault(c => Enum.Parse<ProtectionMethod>(c.Method, ignoreCase: true).IsDomainBased() && c.Rounds.Any(r => r.SwitchesPerRequest < 1));
        if (idle is not null)
            throw new InvalidOperationException($"Under {idle.Method} there was less than one switch for each request.");
    }
}
