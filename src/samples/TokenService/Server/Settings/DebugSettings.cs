namespace TokenService.Server.Settings;

/// <summary>The section <c>Debug</c>.</summary>
internal sealed class DebugSettings
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Debug";

    /// <summary>Whether the debug endpoints are there. One of them has a bug that reads any address.</summary>
    public bool Enabled { get; set; }
}
