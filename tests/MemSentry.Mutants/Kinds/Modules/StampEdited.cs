using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>The stamp says something else than what was woven, so that it contradicts the trust list and the start of the runtime.</summary>
public sealed class StampEdited : IModuleMutationKind
{
    /// <inheritdoc/>
    public string Name => "stamp-edited";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven)
    {
        yield return new("none", VerifierCode.NotWoven, m => m.Assembly.CustomAttributes.Remove(SupportClass.Stamp(m)));
        yield return new("two", VerifierCode.StampUnreadable, m => m.Assembly.CustomAttributes.Add(SupportClass.Stamp(m)));
        yield return new("layout", VerifierCode.LayoutMismatch, m => Restamp(m, 0, m.TypeSystem.Int32, AccessTable.AddressSpaceLayout.Version + 1));

        string settings = SupportClass.Settings(woven);
        foreach ((string name, string[] values) in Options)
        {
            foreach (string value in values.Where(v => !settings.Contains($"{name}={v}", StringComparison.Ordinal)))
                yield return With(settings, name, value, VerifierCode.TrustListUnreadable);
        }

        yield return With(settings, "ProtMethod", "none", VerifierCode.NotProtected);
        yield return With(settings, "Scope", "all", VerifierCode.StampUnreadable);
        yield return With(settings, "Trust", "all", VerifierCode.StampUnreadable);
    }

    private static (string Name, string[] Values)[] Options { get; } =
        [("ProtMethod", ["mpx", "sfi"]), ("Rw", ["r;", "w;", "rw;"]), ("VerifyExternalCallArgs", ["true", "false"]), ("Trust", ["leaf", "frame", "none"])];

    private static ModuleMutation With(string settings, string name, string value, VerifierCode expected) =>
        new($"{name}={value.TrimEnd(';')}", expected, m => Restamp(m, 1, m.TypeSystem.String, SettingsText.With(settings, name, value.TrimEnd(';'))));

    private static void Restamp(ModuleDefinition module, int argument, TypeReference type, object value) =>
        SupportClass.Stamp(module).ConstructorArguments[argument] = new CustomAttributeArgument(type, value);
}
