using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TokenService.Server.Monitoring;
using TokenService.Server.Tokens;

namespace TokenService.Server.Endpoints;

/// <summary>What an operator looks at.</summary>
internal static class MonitoringEndpoints
{
    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health);
        routes.MapGet("/metrics", (ServiceMetrics metrics, WindowRate rate) => Results.Text(MetricsText.Format(metrics, rate), MetricsText.ContentType));
    }

    private static IResult Health(TokenSigner signer, Protection protection)
    {
        HealthReport report = HealthReport.Create(signer, protection);
        return Results.Json(report, TokenJson.Default.HealthReport, statusCode: report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
