using MemSentry.Analysis.Options;

namespace MemSentry.Cli.Inspecting;

/// <summary>Why an instruction gave way to other code before anything was decided, for people.</summary>
internal static class PreparationText
{
    /// <summary>A sentence for each pass that replaces code.</summary>
    public static string Of(PlanningPass pass) => pass switch
    {
        PlanningPass.Accessors => "gives way to what the member does, which follows and is decided about as if it stood here: so one check can serve it and others (accessors)",
        PlanningPass.Reloads => "gives way to a variable with what was loaded from the same field before, with no store in between: so one check serves both (reloads)",
        _ => throw new ArgumentOutOfRangeException(nameof(pass), pass, "This pass replaces no code."),
    };
}
