using System.Text.Json.Serialization;

namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>An expression with an address as its value.</summary>
[JsonDerivedType(typeof(Near), nameof(Near))]
[JsonDerivedType(typeof(Target), nameof(Target))]
[JsonDerivedType(typeof(Displaced), nameof(Displaced))]
[JsonDerivedType(typeof(Indexed), nameof(Indexed))]
[JsonDerivedType(typeof(Entry), nameof(Entry))]
[JsonDerivedType(typeof(Variable), nameof(Variable))]
[JsonDerivedType(typeof(Moved), nameof(Moved))]
[JsonDerivedType(typeof(FieldAddress), nameof(FieldAddress))]
[JsonDerivedType(typeof(Passed), nameof(Passed))]
[JsonDerivedType(typeof(Choice), nameof(Choice))]
[JsonDerivedType(typeof(Kept), nameof(Kept))]
public abstract record Pointer
{
    /// <summary>The smallest expression that may be poisoned.</summary>
    public static Pointer Root { get; } = new Target();

    /// <summary>The parameter that always leads to ordinary memory.</summary>
    public sealed record Near : Pointer;

    /// <summary>The parameter that may be poisoned.</summary>
    public sealed record Target : Pointer;

    /// <summary>The ordinary parameter, displaced by the 64-bit parameter, which may carry it into a region.</summary>
    public sealed record Displaced(IndexType Type) : Pointer;

    /// <summary>The poisoned parameter, displaced by the 32-bit parameter, which may be huge.</summary>
    public sealed record Indexed(IndexType Type) : Pointer;

    /// <summary>An entry of the table of pointers, which may lie in a region or hold poisoned pointers.</summary>
    public sealed record Entry(int At) : Pointer;

    /// <summary>A local variable.</summary>
    public sealed record Variable(int Name) : Pointer;

    /// <summary>Moved by up to seven elements of a size.</summary>
    public sealed record Moved(Pointer From, Number By, IndexType Type, int Size, bool IsDown) : Pointer;

    /// <summary>The address of one of <see cref="Vocabulary.StructureFields"/>.</summary>
    public sealed record FieldAddress(string Name, Pointer From) : Pointer;

    /// <summary>Sent through one of <see cref="Vocabulary.Passages"/> that change nothing about it.</summary>
    public sealed record Passed(string Passage, Pointer From) : Pointer;

    /// <summary>One of two; in IL the join may be one of a managed reference and a native integer.</summary>
    public sealed record Choice(Number Condition, Pointer Then, Pointer Else, bool IsOdd) : Pointer;

    /// <summary>Read back from where <see cref="Statement.Keep"/> put one.</summary>
    public sealed record Kept(Place Place) : Pointer;
}
