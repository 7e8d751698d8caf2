namespace MemSentry.Cli.Doctor;

/// <summary>The methods that this version does not have, with the facts on which they will depend.</summary>
internal static class MethodFindings
{
    public static IEnumerable<Finding> NotYet(ProcessorDescription processor) =>
    [
        new("mpk", Verdict.Missing, $"not in this version; protection keys: processor {Has(processor, "pku")}, kernel {Has(processor, "ospke")}"),
        new("crypt", Verdict.Missing, $"not in this version; AES instructions: {Has(processor, "aes")}, for vectors: {Has(processor, "vaes")}"),
    ];

    private static string Has(ProcessorDescription processor, string flag) => processor.Flags.Contains(flag) ? "yes" : "no";
}
