using MemSentry;

namespace TokenService.Server.Monitoring;

/// <summary>How this process protects its key. Fixed once the server's module has started.</summary>
internal sealed class Protection
{
    private static readonly string[] WithoutWindows = ["none", "mpx", "sfi"];

    /// <summary>Whether regions are protected.</summary>
    public bool IsProtecting { get; } = MemSentryRuntime.Status.IsProtecting;

    /// <summary>The methods of the woven assemblies.</summary>
    public IReadOnlyList<string> Methods { get; init; } = MemSentryRuntime.Status.Methods;

    /// <summary>Whether whitelisted members open a window: under every method but those that look at addresses.</summary>
    public bool OpensWindows => Methods.Except(WithoutWindows).Any();
}
