namespace Heartbleed.Scenarios;

/// <summary>The key on pages without rights.</summary>
internal sealed class Mprotect : ClosedDomain
{
    public override string Name => "mprotect";

    public override string Setting => "woven with mprotect, no access checked, the key on pages that only its own members open";
}
