using System.Text;
using Mono.Cecil;

namespace MemSentry.Verifier.Facts;

/// <summary>
/// Whom an assembly trusts, as the weave stored it: a head of four lines, then one <c>member</c> or <c>access</c> per line.
/// <code>
/// MemSentry trust list 1
/// assembly App
/// layout 1
/// settings ProtMethod=mpx;…
/// member System.Void App.Keys::Store(System.Byte[])
/// access System.Byte App.Codec::Peek(System.Byte*) input IL_0007 woven IL_0002
/// </code>
/// </summary>
/// <param name="Members">The <c>member</c> lines, without the word.</param>
/// <param name="Accesses">The <c>access</c> lines.</param>
internal sealed record TrustList(IReadOnlyList<string> Members, IReadOnlyList<TrustedAccessLine> Accesses)
{
    private const string Resource = "MemSentry.TrustList";
    private const string MemberPrefix = "member ";

    /// <summary>Every entry as its line.</summary>
    public IEnumerable<string> Entries => Members.Select(m => MemberPrefix + m).Concat(Accesses.Select(a => a.Line));

    /// <summary>Reads the list of a module.</summary>
    /// <exception cref="RejectionException">It is missing, malformed, or contradicts the stamp.</exception>
    public static TrustList Read(ModuleDefinition module, WovenSettings settings)
    {
        if (module.Resources.Where(r => r.Name == Resource).ToArray() is not [EmbeddedResource resource])
            throw new RejectionException(VerifierCode.TrustListUnreadable, $"'{module.Name}' holds no trust list; weave the original assembly again.");

        string[] lines = Encoding.UTF8.GetString(resource.GetResourceData()).Split('\n');
        string[] head = ["MemSentry trust list 1", $"assembly {module.Assembly.Name.Name}", $"layout {AccessTable.AddressSpaceLayout.Version}", $"settings {settings.Text}"];
        if (!lines.Take(head.Length).SequenceEqual(head) || lines[^1].Length != 0)
            throw new RejectionException(VerifierCode.TrustListUnreadable, $"The trust list of '{module.Name}' is not the one of this assembly and its stamp; weave the original assembly again.");

        return ReadEntries(module, lines[head.Length..^1]);
    }

    private static TrustList ReadEntries(ModuleDefinition module, string[] lines)
    {
        var members = new List<string>();
        var accesses = new List<TrustedAccessLine>();
        foreach (string line in lines)
        {
            if (line.StartsWith(MemberPrefix, StringComparison.Ordinal))
                members.Add(line[MemberPrefix.Length..]);
            else if (TrustedAccessLine.Parse(line) is { } access)
                accesses.Add(access);
            else
                throw new RejectionException(VerifierCode.TrustListUnreadable, $"The trust list of '{module.Name}' has a line that is not understood: '{line}'.");
        }

        return new TrustList(members, accesses);
    }
}
