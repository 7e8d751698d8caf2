using MemSentry.Mutants.Running;
using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>
/// Stamp, trust list and start of the runtime agree on more than what was woven: on stores as well as loads, on compares instead of masks, on less trust. Nothing
/// contradicts it but the code.
/// </summary>
public sealed class PromiseRaised : IModuleMutationKind
{
    /// <inheritdoc/>
    public string Name => "promise-raised";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven) =>
        from promise in Promises
        where SupportClass.Settings(woven).Contains($"{promise.Name}={promise.Less}", StringComparison.Ordinal)
        select new ModuleMutation($"{promise.Name}={promise.More}", VerifierCode.AccessNotProven, m => Raise(m, promise.Name, promise.More));

    private static (string Name, string Less, string More)[] Promises { get; } =
        [("ProtMethod", "sfi", "mpx"), ("Rw", "r;", "rw"), ("Rw", "w;", "rw"), ("Trust", "leaf", "none"), ("Trust", "frame", "leaf"), ("Trust", "frame", "none")];

    private static void Raise(ModuleDefinition module, string name, string value)
    {
        string before = SupportClass.Settings(module);
        string settings = SettingsText.With(before, name, value);
        SupportClass.Stamp(module).ConstructorArguments[1] = new CustomAttributeArgument(module.TypeSystem.String, settings);
        SupportClass.Start(module).Body.Instructions[2].Operand = settings;
        TrustListText.Replace(module, TrustListText.LinesOf(module).Select(l => l.Replace(before, settings, StringComparison.Ordinal)));
    }
}
