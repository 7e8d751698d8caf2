using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Windows;

namespace MemSentry.Analysis.Options;

/// <summary>The single source of the options: FodyWeavers.xml, MSBuild, command line, schema and documentation are made from it.</summary>
public static class OptionCatalog
{
    private static readonly string[] Switch = ["true", "false"];

    /// <summary>All options, in the order help shows them.</summary>
    public static IReadOnlyList<OptionDescriptor> All { get; } =
    [
        new("ProtMethod", "The protection method: compare addresses (mpx), mask them (sfi), open regions for whitelisted members by a protection key of the processor (mpk), by page permissions (mprotect) or by decrypting them (crypt), or protect nothing (none).",
            ["mpx", "sfi", "mpk", "mprotect", "crypt", "none"], "mpx",
            (o, v) => o with { ProtMethod = Enum.Parse<ProtectionMethod>(v, ignoreCase: true) },
            o => o.ProtMethod.ToString().ToLowerInvariant()),
        new("Rw", "Which accesses are checked: loads (r), stores (w) or both (rw).", ["r", "w", "rw"], "rw",
            (o, v) => o with { Rw = v switch { "r" => CheckedAccesses.Read, "w" => CheckedAccesses.Write, _ => CheckedAccesses.ReadWrite } },
            o => o.Rw switch { CheckedAccesses.Read => "r", CheckedAccesses.Write => "w", _ => "rw" }),
        new("WhitelistSection", "Members marked [Section] with this name may access safe regions.", [], "",
            (o, v) => o with { WhitelistSection = v.Length == 0 ? null : v },
            o => o.WhitelistSection ?? ""),
        new("VerifyExternalCallArgs", "Compare pointers and references that leave woven code.", Switch, "true",
            (o, v) => o with { VerifyExternalCallArgs = v == "true" },
            o => o.VerifyExternalCallArgs ? "true" : "false"),
        new("Scope", "Which accesses are regarded: those of raw memory (raw).", ["raw"], "raw",
            (o, _) => o with { Scope = ProtectionScope.Raw },
            _ => "raw")
        {
            Refused = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["all"] = "accesses to arrays, objects and spans are not rewritten; use raw, and see in README.md what it does not stop",
            },
        },
        new("Trust", "How long proofs about raw pointers hold: until the next call (leaf), in the whole member (frame), or not at all (none).",
            ["leaf", "frame", "none"], "leaf",
            (o, v) => o with { Trust = v switch { "frame" => PointerTrust.Frame, "none" => PointerTrust.None, _ => PointerTrust.Leaf } },
            o => o.Trust switch { PointerTrust.Frame => "frame", PointerTrust.None => "none", _ => "leaf" }),
        new("Callees", "Which callees run while a window of mpk, mprotect or crypt is open: whitelisted ones and framework members that compute on data (data), every one (all), whitelisted ones only (none).",
            ["data", "all", "none"], "data",
            (o, v) => o with { Callees = Enum.Parse<CalleePolicy>(v, ignoreCase: true) },
            o => o.Callees.ToString().ToLowerInvariant())
        {
            Concerns = o => o.ProtMethod.IsDomainBased(),
        },
        new("DomainMethods", "Domains with another method than ProtMethod, as keys:crypt,tables:mprotect; both methods have to be mpk, mprotect or crypt.", [], "",
            (o, v) => o with { DomainMethods = DomainMethodList.Parse(v) },
            o => DomainMethodList.ToText(o.DomainMethods))
        {
            Reject = DomainMethodList.FindMistake,
            Concerns = o => o.DomainMethods.Count > 0,
        },
        new("Unwoven", "What happens about referenced assemblies with raw accesses that are not woven: a warning (warn) or an error (refuse).",
            ["warn", "refuse"], "warn",
            (o, v) => o with { Unwoven = v == "refuse" ? UnwovenPolicy.Refuse : UnwovenPolicy.Warn },
            o => o.Unwoven == UnwovenPolicy.Refuse ? "refuse" : "warn")
        {
            IsStamped = false,
        },
        new("NoOptimize", "Check every access through a raw pointer, even where it is proven: to compare with.", Switch, "false",
            (o, v) => o with { NoOptimize = v == "true" },
            o => o.NoOptimize ? "true" : "false")
        {
            IsStamped = false,
            IsFlag = true,
        },
        new("DisablePass", "A proof to do without, to see what it saves: distances from checked addresses (displacement), from executed accesses (evidence) or from masked numbers (masked-bases), checks on the way into loops (hoisting), members that only load in the place of their calls (accessors), one load in the place of several (reloads), or what is believed across calls (summaries).",
            ["none", "displacement", "evidence", "masked-bases", "hoisting", "accessors", "reloads", "summaries"], "none",
            (o, v) => o with { DisabledPass = v == "none" ? null : Enum.Parse<PlanningPass>(v.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) },
            o => o.DisabledPass switch { null => "none", PlanningPass.MaskedBases => "masked-bases", var pass => pass.Value.ToString().ToLowerInvariant() })
        {
            IsStamped = false,
        },
    ];

    /// <summary>
    /// Applies texts in order. Names and enumerated values are matched without regard to case.
    /// </summary>
    /// <param name="settings">Name and value pairs, names as in FodyWeavers.xml.</param>
    /// <param name="diagnostics">Receives one error for each unknown name, each value that is not allowed, and each that does not go with the others.</param>
    public static WeaverOptions Parse(IEnumerable<KeyValuePair<string, string>> settings, DiagnosticList diagnostics)
    {
        var options = new WeaverOptions();
        foreach ((string name, string text) in settings)
            options = Parse(name, text, options, diagnostics);

        if (options.DomainMethods.Count > 0 && !options.ProtMethod.IsDomainBased())
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OptionValueNotAllowed,
                "The option 'DomainMethods' needs ProtMethod=mpk, mprotect or crypt: under other methods nobody opens a domain."));
        }

        return options;
    }

    /// <summary>Applies one text.</summary>
    /// <param name="name">As in FodyWeavers.xml.</param>
    /// <param name="text">The value.</param>
    /// <param name="options">The options so far.</param>
    /// <param name="diagnostics">Receives an error for an unknown name and for a value that is not allowed.</param>
    public static WeaverOptions Parse(string name, string text, WeaverOptions options, DiagnosticList diagnostics)
    {
        OptionDescriptor? option = All.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (option is null)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OptionUnknown,
                $"The option '{name}' is not known; the options are {string.Join(", ", All.Select(o => o.Name))}."));
            return options;
        }

        // The settings are stamped as Name=value;Name=value.
        if (option.AllowedValues.Count == 0 && text.AsSpan().IndexOfAny(";=\r\n") >= 0)
            return Refuse($"The option '{option.Name}' cannot be '{text}'; it can be any text without ';', '=' and line breaks.");

        if (option.Refused.TryGetValue(text.Trim(), out string? why))
            return Refuse($"The option '{option.Name}' cannot be '{text.Trim()}', because {why}.");

        string? value = option.AllowedValues.Count == 0
            ? text.Trim()
            : option.AllowedValues.FirstOrDefault(v => v.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        if (value is null)
            return Refuse($"The option '{option.Name}' cannot be '{text}'; it can be {string.Join(", ", option.AllowedValues)}.");

        return option.Reject(value) is { } mistake
            ? Refuse($"The option '{option.Name}' cannot be '{value}', because {mistake}.")
            : option.Apply(options, value);

        WeaverOptions Refuse(string message)
        {
            diagnostics.Add(Diagnostic.Error(DiagnosticId.OptionValueNotAllowed, message));
            return options;
        }
    }

    /// <summary>The options in force as one canonical line, for example <c>ProtMethod=mpx;Rw=rw;…</c>: stamped into every woven assembly.</summary>
    public static string ToSettingsText(WeaverOptions options) =>
        string.Join(";", All.Where(o => o.IsStamped && o.Concerns(options)).Select(o => $"{o.Name}={o.Format(options)}"));
}
