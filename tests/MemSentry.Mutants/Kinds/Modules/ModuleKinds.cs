namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The kinds that break a module.</summary>
public static class ModuleKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IModuleMutationKind> All { get; } = [new ThrowHelperNeutered(), new StartDropped(), new StampEdited(), new PromiseRaised(), new TrustListEdited()];

    /// <summary>Kinds of the plan that nothing can be broken with yet, because what they break is not woven yet.</summary>
    public static IReadOnlyList<string> WithoutTargets { get; } = ["gate-assertion-dropped", "close-dropped"];
}
