using System.Globalization;
using System.Text;
using MemSentry.AccessTable;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Rewriting;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// The text that says whom a weave trusted: one fact per line, sorted, so that two lists can be compared and reviewed as text.
/// <code>
/// MemSentry trust list 1
/// assembly App
/// layout 1
/// settings ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf
/// member System.Void App.Keys::Store(System.Byte[])
/// access System.Byte App.Codec::Peek(System.Byte*) input IL_0007 woven IL_0002
/// </code>
/// </summary>
internal static class TrustList
{
    /// <summary>Writes the list. The offsets of the trusted accesses in the woven bodies must be final.</summary>
    public static string Write(ModuleDefinition module, string settings, ModulePlan plan, IEnumerable<TrustedAccess> accesses)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"MemSentry trust list 1");
        Line($"assembly {module.Assembly.Name.Name}");
        Line($"layout {AddressSpaceLayout.Version}");
        Line($"settings {settings}");
        foreach (string member in plan.Whitelist.Select(MemberSignature.WithReturnType).Order(StringComparer.Ordinal))
            Line($"member {member}");

        var sorted = accesses.Select(a => (Member: MemberSignature.WithReturnType(a.Method), a.InputOffset, Woven: a.Instruction.Offset))
            .OrderBy(a => a.Member, StringComparer.Ordinal).ThenBy(a => a.InputOffset);
        foreach ((string member, int input, int woven) in sorted)
            Line($"access {member} input IL_{input:x4} woven IL_{woven:x4}");

        return text.ToString();
    }
}
