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
        let before = SupportClass.Settings(woven)
        where before.Contains($"{promise.Name}={promise.Less}", StringComparison.Ordinal)
        let after = SettingsText.With(before, promise.Name, promise.More)
        select new ModuleMutation($"{promise.Name}={promise.More}", VerifierCode.AccessNotProven, m => Raise(m, before, after), Claims: after);

    private static (string Name, string Less, string More)[] Promises { get; } =
        [("ProtMethod", "sfi", "mpx"), ("Rw", "r;", "rw"), ("Rw", "w;", "rw"), ("Trust", "leaf", "none"), ("Trust", "frame", "leaf"), ("Trust", "frame", "none")];

    private static void Raise(ModuleDefinition module, string before, string after)
    {
        SupportClass.Stamp(module).ConstructorArguments[1] = new CustomAttributeArgument(module.TypeSystem.String, after);
        SupportClass.Start(module).Body.Instructions[2].Operand = after;
        TrustListText.Replace(module, TrustListText.LinesOf(module).Select(l => l.Replace(before, after, StringComparison.Ordinal)));
    }
}
