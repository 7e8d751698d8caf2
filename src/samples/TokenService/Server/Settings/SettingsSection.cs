using Microsoft.Extensions.Configuration;

namespace TokenService.Server.Settings;

/// <summary>Reads settings once, at the start, so that a wrong one is found there.</summary>
internal static class SettingsSection
{
    /// <summary>The settings of a section; what it does not say keeps its default.</summary>
    /// <exception cref="InvalidDataException">A value has the wrong type.</exception>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException wrong)
        {
            throw new InvalidDataException(wrong.Message, wrong);
        }
    }
}
