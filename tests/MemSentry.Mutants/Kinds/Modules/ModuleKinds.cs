namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The kinds that break a module.</summary>
public static class ModuleKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IModuleMutationKind> All { get; } = [new ThrowHelperNeutered(), new StartDropped(), new StampEdited(), new PromiseRaised(), new TrustListEdited(), new SummariesBroken()];
}
