namespace MemSentry.Fuzzing.Domains.Building;

/// <summary>One way to weave scenarios.</summary>
/// <param name="Method">The methods of the domains.</param>
/// <param name="Callees">For whose code windows stay open.</param>
public sealed record DomainArm(DomainMethod Method, string Callees)
{
    /// <summary>As reports show it.</summary>
    public string Name => $"{Method.Name}-{Callees}";

    /// <summary>The options.</summary>
    public string Settings => $"{Method.Settings};Callees={Callees}";

    /// <summary>Whether windows stay open for everybody's code that a whitelisted member calls.</summary>
    public bool StaysOpenForCallees => Callees == "all";

    /// <summary>Whether windows are closed for members of the framework, too, so that these touch no region.</summary>
    public bool ClosesForFramework => Callees == "none";

    /// <summary>All ways for a method, those together that can run the same code.</summary>
    public static IReadOnlyList<IReadOnlyList<DomainArm>> Of(DomainMethod method) => [[new(method, "data"), new(method, "all")], [new(method, "none")]];
}
