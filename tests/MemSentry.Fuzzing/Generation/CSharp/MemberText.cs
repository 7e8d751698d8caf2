using System.Globalization;
using MemSentry.Fuzzing.Generation.Tree;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>Members as C#.</summary>
public static class MemberText
{
    private const string Parameters = "byte* near, byte* target, byte** table, int index, long distance";
    private const string Result = "(((h * 31) + x0) * 31 + x1) * 31 + x2";

    /// <summary>A member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="name">How it is called.</param>
    public static string Of(Member member, string name)
    {
        var names = new MemberNames(member);
        string body = Variables(names) + new StatementText(names).Body(member.Body);
        return member.Shape switch
        {
            MemberShape.Async => Suspended(name, "async Task<long>", "", $"{body}return {Result};\n", "GetAwaiter().GetResult()"),
            MemberShape.Iterator => Iterator(name, body),
            _ => $"public static unsafe long {name}({Parameters})\n{{\nunchecked {{\n{body}return {Result};\n}} }}\n",
        };
    }

    private static string Iterator(string name, string body)
    {
        string declared = Suspended(name, "IEnumerable<long>", ", long[] result", $"{body}result[0] = {Result};\nyield break;\n", null);
        return declared + $"public static unsafe long {name}({Parameters})\n{{\nlong[] result = new long[1];\n" +
            $"foreach (long _ in {name}Core((nint)near, (nint)target, (nint)table, index, distance, result)) {{ }}\nreturn result[0];\n}}\n";
    }

    private static string Suspended(string name, string type, string more, string body, string? wait)
    {
        string start = wait is null
            ? ""
            : $"public static unsafe long {name}({Parameters}) => {name}Core((nint)near, (nint)target, (nint)table, index, distance).{wait};\n";
        return $"{start}private static {type} {name}Core(nint near, nint target, nint table, int index, long distance{more})\n{{\nunchecked {{\n{body}}} }}\n";
    }

    // Everything has a value from the start, see Member.
    private static string Variables(MemberNames names)
    {
        string pointer = names.HasNumbers ? "nint" : "byte*";
        string cast = names.HasNumbers ? "(nint)" : "";
        string numbers = string.Join(", ", Enumerable.Range(0, Member.NumberVariables).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i} = {i + 1}")));
        string pointers = string.Join(", ", Enumerable.Range(0, Member.PointerVariables).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i} = {cast}near")));
        string text = $"long h = 7, z = Prelude.Zero, {numbers};\n{pointer} {pointers};\nPlace structure = default;\nBoth both = default;\nHolder holder = new Holder();\n";
        string values = "holder.Address = holder.Pointers[2] = structure.Address = both.Address = (byte*)near;\nholder.Array[1] = Prelude.StaticPlace = (nint)near;\nw[8] = (long)near;\n";
        if (names.IsSuspended)
            return text + $"long[] w = new long[9];\nnint q = near, c = near, r = near, s = near;\nunsafe {{\n{values}}}\n";

        return text + "long* w = stackalloc long[9];\nbyte* q = near, c = near;\n" + values + (names.HasReferences
            ? "ref long r = ref *(long*)near;\nSpan<byte> s = new Span<byte>(near, 16);\n"
            : "nint r = (nint)near, s = (nint)near;\n");
    }
}
