using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TokenService.Server.Tokens;

namespace TokenService.Server.Endpoints;

/// <summary>What the service is for.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign", Sign);
        routes.MapPost("/verify", Verify);
    }

    private static IResult Sign(SignRequest request, TokenSigner signer) => request.Fault is { } fault
        ? Results.Json(new Refused(fault), TokenJson.Default.Refused, statusCode: StatusCodes.Status400BadRequest)
        : Results.Json(new TokenBody(signer.Sign(request.Subject!, request.Scope)), TokenJson.Default.TokenBody);

    private static IResult Verify(TokenBody request, TokenSigner signer)
    {
        Verification verification = signer.Verify(request.Token ?? "");
        return verification.Claims is { } claims
            ? Results.Json(claims, TokenJson.Default.TokenClaims)
            : Results.Json(new Refused(verification.Fault!), TokenJson.Default.Refused, statusCode: StatusCodes.Status401Unauthorized);
    }
}
