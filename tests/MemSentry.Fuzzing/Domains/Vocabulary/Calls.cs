namespace MemSentry.Fuzzing.Domains.Vocabulary;

/// <summary>The ways in which somebody else's code comes to run.</summary>
public static class Calls
{
    /// <summary>By a call of a static member of the same class.</summary>
    public const string Plain = "Plain";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CallWay> All { get; } =
    [
        new(Plain, "{f}({d})"),
        new("Delegate", "((Func<int, int>){f})({d})"),
        new("Interface", "((IForeign)new Foreign({f}, {d})).Run({d})"),
        new("Virtual", "((Base)new Foreign({f}, {d})).Do({d})"),
        new("Generic", "World.Use(new Foreign({f}, {d}), {d})"),
        new("Disposal", "World.Dispose(new Foreign({f}, {d}))"),
        new("Text", "$\"{new Foreign({f}, {d})}\".Length"),
        new("Hash", "new Dictionary<object, int> { [new Foreign({f}, {d})] = 1 }.Count"),
        new("Equality", "(object.Equals(new Foreign({f}, {d}), \"\") ? 1 : 2)"),
        new("Comparer", "World.Sort(new Foreign({f}, {d}))"),
        new("FrameworkComparer", "Array.BinarySearch(World.Numbers, 2, new Foreign({f}, {d}))"),
        new("Operator", "(new Foreign({f}, {d}) + {d})"),
        new("Query", "Enumerable.Range({d}, 2).Select({f}).Sum()"),
        new("Enumeration", "new List<int>(new Foreign({f}, {d})).Count"),
        new("Lazy", "new Lazy<int>(new Foreign({f}, {d}).Get).Value"),
        new("Cast", "((object)new Castable({f}, {d}) is IForeign ? 1 : 2)"),
        new("Thread", "World.OnThread({f}, {d})"),
        new("Pool", "Task.Run(new Foreign({f}, {d}).Get).GetAwaiter().GetResult()"),
        new("Reflection", "World.Invoke({f}, {d})"),
        new("Context", "World.InContext({f}, {d})"),
        new("FunctionPointer", "((delegate*<int, int>)&{f})({d})", IsUnsafe: true),
    ];

    /// <summary>The way of a name.</summary>
    public static CallWay Of(string name) => All.First(w => w.Name == name);
}
