namespace TokenService.Server.Settings;

/// <summary>The section <c>Tokens</c>: <c>appsettings.json</c>, or variables like <c>Tokens__KeyFile</c>.</summary>
internal sealed class TokenSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Tokens";

    private const int LongestLifetime = 315_360_000;

    /// <summary>A file of 16 random bytes. Without one the service makes a key that nobody else ever sees, and its tokens end with it.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>How long a token is good, in seconds: up to ten years.</summary>
    public int LifetimeSeconds { get; set; } = 3600;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="InvalidDataException">A setting is out of its range.</exception>
    public void Check()
    {
        if (LifetimeSeconds is < 1 or > LongestLifetime)
            throw new InvalidDataException($"{Section}:{nameof(LifetimeSeconds)} is {LifetimeSeconds}; it must lie between 1 and {LongestLifetime}.");
    }
}
