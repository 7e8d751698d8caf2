using System.Text;
using MemSentry.Allocation;

namespace MemSentry.Startup;

/// <summary>
/// The woven modules that have started, in the arena's header behind its fields: one list for all copies of the runtime, which no
/// attacker can extend to make an unwoven process look protected.
/// </summary>
internal static unsafe class WovenModuleList
{
    private const int ListStart = 48 * 1024;
    private const int EntryLength = 1024;
    private const int SettingsLength = EntryLength - 256;

    /// <summary>Modules that the list has room for; more are counted, not listed.</summary>
    public const int Capacity = ((int)ArenaGeometry.HeaderLength - ListStart) / EntryLength;

    public static void Add(ArenaHeader* arena, string name, string settings)
    {
        using ArenaLock held = ArenaLock.EnterToChange(arena);
        if (arena->WovenModuleCount < Capacity)
        {
            Span<byte> entry = Entry(arena, arena->WovenModuleCount);
            Write(entry[SettingsLength..], name);
            Write(entry[..SettingsLength], settings);
        }

        arena->WovenModuleCount++;
    }

    public static IReadOnlyList<WovenModuleStatus> Read(ArenaHeader* arena)
    {
        using ArenaLock held = ArenaLock.Enter(arena);
        var modules = new List<WovenModuleStatus>();
        for (int i = 0; i < Math.Min(arena->WovenModuleCount, Capacity); i++)
        {
            Span<byte> entry = Entry(arena, i);
            modules.Add(new WovenModuleStatus(ReadText(entry[SettingsLength..]), ReadText(entry[..SettingsLength])));
        }

        return modules;
    }

    private static Span<byte> Entry(ArenaHeader* arena, int index) =>
        new((byte*)arena + ListStart + index * EntryLength, EntryLength);

    private static void Write(Span<byte> field, string text)
    {
        // One byte stays zero: it ends the text.
        Encoding.UTF8.GetEncoder().Convert(text, field[..^1], flush: false, out _, out _, out _);
    }

    private static string ReadText(Span<byte> field) => Encoding.UTF8.GetString(field[..field.IndexOf((byte)0)]);
}
