using MemSentry.Analysis.Windows;

namespace MemSentry.Analysis.Options;

/// <summary>Everything a user can say about a weave. <see cref="OptionCatalog"/> is the only place that names the options.</summary>
public sealed record WeaverOptions
{
    /// <summary>The protection method; <c>mpx</c> by default.</summary>
    public ProtectionMethod ProtMethod { get; init; } = ProtectionMethod.Mpx;

    /// <summary>Which accesses are checked; both by default.</summary>
    public CheckedAccesses Rw { get; init; } = CheckedAccesses.ReadWrite;

    /// <summary>Members with <c>[Section]</c> of this name are whitelisted; none by default.</summary>
    public string? WhitelistSection { get; init; }

    /// <summary>Whether pointers and references that leave woven code are compared on the way out; on by default.</summary>
    public bool VerifyExternalCallArgs { get; init; } = true;

    /// <summary>Which accesses are regarded; those of raw memory by default, and so far always.</summary>
    public ProtectionScope Scope { get; init; } = ProtectionScope.Raw;

    /// <summary>How long what is proven of a raw pointer holds; until the next call by default.</summary>
    public PointerTrust Trust { get; init; } = PointerTrust.Leaf;

    /// <summary>Which callees run while a window is open; by default whitelisted ones and framework members that compute on data.</summary>
    public CalleePolicy Callees { get; init; } = CalleePolicy.Data;

    /// <summary>Domains with another method than <see cref="ProtMethod"/>; none by default.</summary>
    public IReadOnlyList<DomainMethod> DomainMethods { get; init; } = [];

    /// <summary>The method of a domain.</summary>
    /// <param name="domain">Its name; empty for the default one.</param>
    public ProtectionMethod MethodOf(string domain) => DomainMethods.FirstOrDefault(d => d.Domain == domain)?.Method ?? ProtMethod;

    /// <summary>What happens about referenced assemblies with raw accesses that are not woven; a warning by default.</summary>
    public UnwovenPolicy Unwoven { get; init; } = UnwovenPolicy.Warn;

    /// <summary>Whether every access through a raw pointer is checked, even where it is proven; off by default.</summary>
    public bool NoOptimize { get; init; }

    /// <summary>A proof to do without; none by default.</summary>
    public PlanningPass? DisabledPass { get; init; }

    /// <summary>Whether what is proven of a raw pointer at one instruction is believed at others, so that passes that build on it gain anything.</summary>
    /// <param name="needed">The passes without which they gain nothing.</param>
    public bool CarriesProofs(params ReadOnlySpan<PlanningPass> needed) => ProtMethod is ProtectionMethod.Mpx or ProtectionMethod.Sfi && !NoOptimize && Trust != PointerTrust.None
        && !(DisabledPass is { } disabled && needed.Contains(disabled));
}
