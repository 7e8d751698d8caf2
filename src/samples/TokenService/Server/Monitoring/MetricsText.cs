using System.Globalization;

namespace TokenService.Server.Monitoring;

/// <summary>The metrics in the text form of Prometheus.</summary>
internal static class MetricsText
{
    /// <summary>The content type of the form.</summary>
    public const string ContentType = "text/plain; version=0.0.4";

    /// <summary>The metrics of this moment.</summary>
    public static string Format(ServiceMetrics metrics, WindowRate rate) => string.Create(CultureInfo.InvariantCulture,
        $"""
        # HELP tokens_requests_total Tokens signed, and tokens verified, with the key.
        # TYPE tokens_requests_total counter
        tokens_requests_total {metrics.Signed + metrics.Verified}
        # HELP tokens_signed_total Tokens signed.
        # TYPE tokens_signed_total counter
        tokens_signed_total {metrics.Signed}
        # HELP tokens_verified_total Tokens verified, good or not.
        # TYPE tokens_verified_total counter
        tokens_verified_total {metrics.Verified}
        # HELP memsentry_violations_total Accesses to a safe region that were blocked.
        # TYPE memsentry_violations_total counter
        memsentry_violations_total {metrics.Violations}
        # HELP memsentry_windows_total Windows of safe regions that requests have opened.
        # TYPE memsentry_windows_total counter
        memsentry_windows_total {metrics.Windows}
        # HELP memsentry_windows_per_second The same, over the last ten seconds.
        # TYPE memsentry_windows_per_second gauge
        memsentry_windows_per_second {rate.PerSecond:F1}
        # HELP process_cpu_seconds_total Processor time of the process, in user and kernel mode.
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total {Environment.CpuUsage.TotalTime.TotalSeconds:F6}

        """);
}
