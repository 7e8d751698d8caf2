using System.Text.Json.Serialization;
using TokenService.Server.Monitoring;

namespace TokenService.Server.Tokens;

/// <summary>Everything that becomes JSON, by code that the compiler makes.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class TokenJson : JsonSerializerContext;
