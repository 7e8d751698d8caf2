using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>
/// What the weave has members believe across calls: that a parameter, or what a member returns, lies near an address outside the block (<see cref="Distance.Believed"/>). A head, then one line for each.
/// <code>
/// MemSentry summaries 1
/// parameter 0 of System.Void App.Codec::Clear(System.Byte*,System.Int32)
/// result of System.Byte* App.Codec::Skip(System.Byte*)
/// </code>
/// The list is an assumption and nothing more: who is entered otherwise than by calls that are verified is rejected (<see cref="ClosedMembers"/>), and each call and each return owes what is believed behind it. So
/// everything that is believed was proven before it was, call by call, in bodies that believed only what had been proven before them.
/// </summary>
internal sealed partial class Summaries
{
    private const string Resource = "MemSentry.Summaries";
    private const int Result = -1;

    private readonly HashSet<(MethodDefinition Member, int Parameter)> _believed = [];

    private Summaries()
    {
    }

    /// <summary>Nothing is believed.</summary>
    public static Summaries None { get; } = new();

    /// <summary>The members of which a parameter is believed.</summary>
    public IEnumerable<MethodDefinition> Entered => _believed.Where(b => b.Parameter != Result).Select(b => b.Member).Distinct();

    /// <summary>All members of which something is believed.</summary>
    public IEnumerable<MethodDefinition> Members => _believed.Select(b => b.Member).Distinct();

    /// <summary>Reads the list of a module; it may have none.</summary>
    /// <param name="module">The module.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="findings">Receives the lines that name nobody, or more than one, or no pointer, and a list that contradicts the settings: of those nothing is believed.</param>
    /// <exception cref="RejectionException">The list is malformed.</exception>
    public static Summaries Read(ModuleDefinition module, WovenSettings settings, List<Finding> findings)
    {
        var summaries = new Summaries();
        Resource[] found = [.. module.Resources.Where(r => r.Name == Resource)];
        if (found.Length == 0)
            return summaries;
        if (settings.OpensWindows || settings.Trust == Trust.None)
        {
            // Nobody believes anything then, and the rest of the assembly can be looked at all the same.
            findings.Add(new Finding(VerifierCode.SummariesUnreadable, Unreadable(module).Message));
            return summaries;
        }

        if (found is not [EmbeddedResource resource])
            throw Unreadable(module);

        string[] lines = Encoding.UTF8.GetString(resource.GetResourceData()).Split('\n');
        if (lines is not ["MemSentry summaries 1", .., ""] || lines.Distinct().Count() != lines.Length)
            throw Unreadable(module);

        ILookup<string, MethodDefinition> named = module.GetTypes().SelectMany(t => t.Methods).ToLookup(MemberName.Of);
        foreach (string line in lines[1..^1])
        {
            Match match = Format().Match(line) is { Success: true } fits ? fits : throw Unreadable(module);
            int parameter = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : Result;
            MethodDefinition[] meant = [.. named[match.Groups[2].Value]];
            if (meant is [var member] && IsPointer(member, parameter))
                summaries._believed.Add((member, parameter));
            else
                findings.Add(new Finding(VerifierCode.SummaryWithoutMember, $"The list of what is believed across calls says '{line}', but the assembly has {meant.Length} such members, or it is no pointer there.", match.Groups[2].Value));
        }

        return summaries;
    }

    /// <summary>Whether a parameter is believed.</summary>
    /// <param name="member">Whose it is.</param>
    /// <param name="parameter">Its number, without <c>this</c>.</param>
    public bool Include(MethodDefinition member, int parameter) => _believed.Contains((member, parameter));

    /// <summary>Whether what a member returns is believed.</summary>
    public bool IncludeResult(MethodDefinition member) => _believed.Contains((member, Result));

    private static bool IsPointer(MethodDefinition member, int parameter) => parameter < member.Parameters.Count
        && TypeShapes.Bare(parameter == Result ? member.ReturnType : member.Parameters[parameter].ParameterType) is PointerType;

    private static RejectionException Unreadable(ModuleDefinition module) => new(VerifierCode.SummariesUnreadable,
        $"The list of what members of '{module.Name}' believe across calls is not one that the weaver writes with these settings; weave the original assembly again.");

    [GeneratedRegex("^(?:parameter ([0-9]{1,5})|result) of (.+)$")]
    private static partial Regex Format();
}
