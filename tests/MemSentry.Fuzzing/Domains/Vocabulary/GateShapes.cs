namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>The kinds of whitelisted members, and ways to call them.</summary>
public static class GateShapes
{
    /// <summary>A static member, called as such.</summary>
    public const string Plain = "Plain";

    private const string Static = "{a} static unsafe int G{n}(int depth)";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<GateShape> All { get; } =
    [
        new(Plain, Static, "G{n}({d})"),
        new("Delegate", Static, "((Func<int, int>)G{n})({d})"),
        new("Reflection", Static, "World.Invoke(G{n}, {d})"),
        new("Thread", Static, "World.OnThread(G{n}, {d})"),
        new("Generic", "{a} static unsafe int G{n}<T>(int depth)", "(G{n}<string>({d}) + G{n}<int>({d}))"),
        new("Data", "{a} static unsafe int G{n}(int depth, ReadOnlySpan<byte> data, nint number, ref int reference)", "G{n}({d}, World.Data, 5, ref World.Numbers[0])"),
        new("Instance", "sealed class K{n} { {a} public unsafe int Run(int depth)", "new K{n}().Run({d})"),
        new("Interface", "sealed class K{n} : IForeign { {a} public unsafe int Run(int depth)", "((IForeign)new K{n}()).Run({d})"),
        new("Override", "sealed class K{n} : Base { {a} public override unsafe int Do(int depth)", "((Base)new K{n}()).Do({d})"),
        new("Structure", "struct K{n} { {a} public unsafe int Run(int depth)", "default(K{n}).Run({d})"),
        new("Constructor", "sealed class K{n} { public readonly int H; {a} public unsafe K{n}(int depth)", "new K{n}({d}).H", "H = h; return;"),
        new("Property", "sealed class K{n}(int depth) { {a} public unsafe int Value { get", "new K{n}({d}).Value"),
        new("Class", "{a} static class K{n} { public static unsafe int Run(int depth)", "K{n}.Run({d})"),
        new("Async", "{a} static async Task<int> G{n}(int depth)", "G{n}({d}).GetAwaiter().GetResult()", Suspension: Suspension.Async),
        new("Iterator", "{a} static IEnumerable<int> G{n}(int depth)", "World.Last(G{n}({d}))", "yield return h; yield break;", Suspension.Iterator),
    ];

    /// <summary>The shape of a name.</summary>
    public static GateShape Of(string name) => All.First(w => w.Name == name);
}
