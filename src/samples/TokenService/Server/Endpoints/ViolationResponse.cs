using MemSentry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TokenService.Server.Monitoring;
using TokenService.Server.Tokens;

namespace TokenService.Server.Endpoints;

/// <summary>Answers a request whose access to a safe region was blocked: 403 and the code for the client, the whole sentence for the log.</summary>
internal sealed partial class ViolationResponse(RequestDelegate next, ServiceMetrics metrics, ILogger<ViolationResponse> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (SafeRegionViolationException violation)
        {
            metrics.CountViolation();
            LogViolation(log, context.Request.Path, violation.Message);

            // The sentence names addresses and members, which are none of the client's business.
            string code = $"MS{(int)RuntimeCode.AccessBlocked}";
            IResult refusal = Results.Json(new Refused("The access was blocked.", code), TokenJson.Default.Refused, statusCode: StatusCodes.Status403Forbidden);
            await refusal.ExecuteAsync(context);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Path}: {Violation}")]
    private static partial void LogViolation(ILogger log, PathString path, string violation);
}
