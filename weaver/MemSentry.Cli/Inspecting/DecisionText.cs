using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;

namespace MemSentry.Cli.Inspecting;

/// <summary>A decision and its reason as one line for people.</summary>
internal static class DecisionText
{
    private static readonly Dictionary<AccessKind, string> Doings = new()
    {
        [AccessKind.Load] = "load",
        [AccessKind.Store] = "store",
        [AccessKind.Conversion] = "becomes a managed reference",
        [AccessKind.Escape] = "leaves woven code",
    };

    private static readonly Dictionary<AccessVerdict, string> Verdicts = new()
    {
        [AccessVerdict.Checked] = "checked",
        [AccessVerdict.Masked] = "masked",
        [AccessVerdict.Proven] = "proven, no check",
        [AccessVerdict.WithinReach] = "within reach of an address that is proven or checked before, no check",
        [AccessVerdict.NotSelected] = "not checked, as Rw says",
        [AccessVerdict.NotVerified] = "not checked, as VerifyExternalCallArgs says",
        [AccessVerdict.Trusted] = "not checked, a marker call allows it",
        [AccessVerdict.Whitelisted] = "not checked, the member is whitelisted",
        [AccessVerdict.Unprotected] = "not checked, the method none protects nothing",
        [AccessVerdict.MeetsClosedPages] = "not checked, regions are closed to it",
        [AccessVerdict.MeetsCiphertext] = "not checked, regions are ciphertext to it",
    };

    /// <summary>For example <c>load, operand 0: checked; the address is a pointer parameter (pointer-parameter)</c>.</summary>
    public static string Of(AccessDecision decision) =>
        $"{Doing(decision.Kind)}, operand {decision.Depth}: {Verdict(decision)}; {OriginText.Of(decision.Origin)} ({Wording.Name(decision.Origin)})";

    private static string Doing(AccessKind kind) => Doings.GetValueOrDefault(kind, Wording.Name(kind));

    private static string Verdict(AccessDecision decision) => decision.Form switch
    {
        CheckForm.Base => "checked before the statement, by a compare of the variable that it lies behind",
        CheckForm.PushedBase => "checked in what it is displaced from, where that is pushed",
        CheckForm.MaskedCopy => "masked in a copy of the variable that it is displaced from, which moves with the variable",
        CheckForm.MaskedBase => "masked in what it is displaced from, which lies within reach",
        _ => Verdict(decision.Verdict),
    };

    private static string Verdict(AccessVerdict verdict) => Verdicts.GetValueOrDefault(verdict, Wording.Name(verdict));

    /// <summary>Whether people get more than the bare name of a verdict.</summary>
    public static bool Describes(AccessVerdict verdict) => Verdicts.ContainsKey(verdict);

    /// <summary>Whether people get more than the bare name of a kind.</summary>
    public static bool Describes(AccessKind kind) => Doings.ContainsKey(kind);
}
