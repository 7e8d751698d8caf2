namespace MemSentry.Cli.Doctor;

/// <summary>The method that this version does not have, with the facts on which it will depend.</summary>
internal static class MethodFindings
{
    public static Finding NotYet(ProcessorDescription processor) =>
        new("mpk", Verdict.Missing, $"not in this version; protection keys: processor {Has(processor, "pku")}, kernel {Has(processor, "ospke")}");

    private static string Has(ProcessorDescription processor, string flag) => processor.Flags.Contains(flag) ? "yes" : "no";
}
