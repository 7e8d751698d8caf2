using System.Globalization;
using System.Text;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>The C# sources of an assembly of members.</summary>
public static class SourceFiles
{
    /// <summary>The full name of the type with the members.</summary>
    public const string MembersType = "Fuzz.Members";

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Numerics;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using System.Runtime.Intrinsics;
        using System.Runtime.Intrinsics.X86;
        using System.Threading.Tasks;

        namespace Fuzz;


        """;

    /// <summary>The files that every assembly has: what members call.</summary>
    public static IReadOnlyList<string> Prelude { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Prelude"), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>The name of a member.</summary>
    /// <param name="number">Its number in the assembly.</param>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"M{number}");

    /// <summary>A file with members; null stands for one that is left out.</summary>
    public static string Members(IReadOnlyList<Member?> members)
    {
        var text = new StringBuilder(Usings).Append("public static class Members\n{\n");
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i] is { } member)
                text.Append(MemberText.Of(member, NameOf(i))).Append('\n');
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>A file with the vocabulary as members, for code that no C# compiler makes.</summary>
    public static string VocabularyCalls()
    {
        var text = new StringBuilder(Usings).Append("public static unsafe class Vocabulary\n{\n");
        foreach (Passage passage in Passages.All)
            text.Append(CultureInfo.InvariantCulture, $"public static byte* {passage.Name}(byte* p) => {passage.Code.With("p", "p")};\n");
        foreach (BlockMember member in BlockMembers.Copies)
            text.Append(CultureInfo.InvariantCulture, $"public static void Copy{member.Name}(byte* p, byte* q, uint n) => {member.Code.With("p", "p").With("q", "q").With("n", "n")};\n");
        foreach (BlockMember member in BlockMembers.Fills)
            text.Append(CultureInfo.InvariantCulture, $"public static void Fill{member.Name}(byte* p, byte q, uint n) => {member.Code.With("p", "p").With("q", "q").With("n", "n")};\n");
        foreach ((Route route, Width width) in Routes.All.SelectMany(r => Widths.All.Select(w => (r, w))))
        {
            string type = width.Keyword();
            text.Append(CultureInfo.InvariantCulture, $"public static {type} Load{route.Name}{width}(byte* p) => {route.Load.With("T", type).With("p", "p")};\n");
            text.Append(CultureInfo.InvariantCulture, $"public static void Store{route.Name}{width}(byte* p, {type} v) => {route.Store.With("T", type).With("p", "p").With("v", "v")};\n");
        }

        return text.Append("public static Span<byte> Cover(byte* p) => new(p, 16);\npublic static ref byte At(Span<byte> s, int i) => ref s[i];\n}\n").ToString();
    }
}
