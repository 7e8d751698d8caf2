using System.Globalization;

namespace MemSentry.Native;

/// <summary>One line of <c>/proc/self/maps</c> (proc(5)).</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">First byte behind it.</param>
/// <param name="Permissions">For example <c>rw-p</c>.</param>
/// <param name="Name">File, or kernel name like <c>[heap]</c>; empty for anonymous memory.</param>
internal readonly record struct MappedRange(ulong Start, ulong End, string Permissions, string Name)
{
    /// <summary>Reads <c>start-end perms offset device inode name</c>; the name may contain blanks.</summary>
    /// <exception cref="FormatException">The line is none of the maps file.</exception>
    public static MappedRange Parse(string line)
    {
        string[] parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] bounds = parts[0].Split('-');
        if (parts.Length < 5 || bounds.Length != 2)
        {
            throw new FormatException($"'{line}' is not a line of /proc/self/maps.");
        }

        return new MappedRange(ParseAddress(bounds[0]), ParseAddress(bounds[1]), parts[1], parts.Length == 6 ? parts[5] : "");
    }

    /// <summary>For example <c>0x55d0c0a00000-0x55d0c0a21000 rw-p [heap]</c>.</summary>
    public override string ToString() =>
        $"0x{Start:x}-0x{End:x} {Permissions} {(Name.Length == 0 ? "(anonymous memory)" : Name)}";

    private static ulong ParseAddress(string text) => ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
