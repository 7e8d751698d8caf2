using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TokenService.Server.Endpoints;
using TokenService.Server.Keys;
using TokenService.Server.Monitoring;
using TokenService.Server.Settings;
using TokenService.Server.Tokens;

namespace TokenService.Server;

/// <summary>The service: signs and verifies tokens over HTTP with a key that lies in a safe region.</summary>
public static class TokenServer
{
    private const long LargestBody = 16 * 1024;

    /// <summary>Serves until it is told to stop.</summary>
    /// <param name="args">Settings as <c>--Section:Name value</c>; they beat variables, and those beat <c>appsettings.json</c>.</param>
    /// <exception cref="IOException">The key file cannot be read, or the port is taken.</exception>
    /// <exception cref="InvalidDataException">A setting is wrong, or the key file has another length.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor lacks AES, or the key cannot be protected.</exception>
    public static async Task RunAsync(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        var tokens = SettingsSection.Read<TokenSettings>(builder.Configuration, TokenSettings.Section);
        var debugging = SettingsSection.Read<DebugSettings>(builder.Configuration, DebugSettings.Section);
        tokens.Check();
        AddServices(builder.Services, tokens);

        await using WebApplication service = builder.Build();
        service.Services.GetRequiredService<TokenKey>();
        service.UseMiddleware<ViolationResponse>();
        service.MapTokens();
        service.MapMonitoring();
        if (debugging.Enabled)
            service.MapDebugging();

        await service.RunAsync();
    }

    private static void AddServices(IServiceCollection services, TokenSettings settings)
    {
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, TokenJson.Default));
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Protection>();
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<WindowRate>();
        services.AddHostedService(provider => provider.GetRequiredService<WindowRate>());
        services.AddSingleton<TokenSigner>();
        services.AddSingleton(_ => settings.KeyFile.Length == 0 ? TokenKey.Generate() : TokenKey.Read(settings.KeyFile));
    }
}
