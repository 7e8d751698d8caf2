using System.Text.Json.Serialization;

namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>An expression with a 64-bit integer as its value.</summary>
[JsonDerivedType(typeof(Constant), nameof(Constant))]
[JsonDerivedType(typeof(Variable), nameof(Variable))]
[JsonDerivedType(typeof(Index), nameof(Index))]
[JsonDerivedType(typeof(Binary), nameof(Binary))]
[JsonDerivedType(typeof(Narrowed), nameof(Narrowed))]
[JsonDerivedType(typeof(Compared), nameof(Compared))]
[JsonDerivedType(typeof(PointerCompared), nameof(PointerCompared))]
[JsonDerivedType(typeof(Choice), nameof(Choice))]
[JsonDerivedType(typeof(Load), nameof(Load))]
[JsonDerivedType(typeof(LoadTwice), nameof(LoadTwice))]
[JsonDerivedType(typeof(Field), nameof(Field))]
[JsonDerivedType(typeof(Cell), nameof(Cell))]
[JsonDerivedType(typeof(Referred), nameof(Referred))]
[JsonDerivedType(typeof(Element), nameof(Element))]
[JsonDerivedType(typeof(Call), nameof(Call))]
public abstract record Number
{
    /// <summary>Zero, the smallest expression.</summary>
    public static Number Zero { get; } = new Constant(0);

    /// <summary>A literal.</summary>
    public sealed record Constant(long Value) : Number;

    /// <summary>A local variable.</summary>
    public sealed record Variable(int Name) : Number;

    /// <summary>The 32-bit parameter.</summary>
    public sealed record Index : Number;

    /// <summary>Arithmetic.</summary>
    public sealed record Binary(Operation Operation, Number Left, Number Right) : Number;

    /// <summary>Through a smaller or floating type and back.</summary>
    public sealed record Narrowed(Width Width, Number Value) : Number;

    /// <summary>1 or 0.</summary>
    public sealed record Compared(Comparison Comparison, Number Left, Number Right) : Number;

    /// <summary>1 or 0, from two addresses.</summary>
    public sealed record PointerCompared(Comparison Comparison, Pointer Left, Pointer Right) : Number;

    /// <summary>One of two, with whatever is on the stack already waiting across the branch.</summary>
    public sealed record Choice(Number Condition, Number Then, Number Else) : Number;

    /// <summary>Reads memory by one of <see cref="Vocabulary.Routes"/>.</summary>
    public sealed record Load(Width Width, string Route, Pointer Address) : Number;

    /// <summary>Reads twice through copies of one address, the second time eight bytes on.</summary>
    public sealed record LoadTwice(Width Width, Pointer Address) : Number;

    /// <summary>Reads one of <see cref="Vocabulary.StructureFields"/> through a pointer.</summary>
    public sealed record Field(string Name, Pointer Address) : Number;

    /// <summary>Reads a cell of the member's own stack array.</summary>
    public sealed record Cell(Number At) : Number;

    /// <summary>Reads what the local reference refers to.</summary>
    public sealed record Referred : Number;

    /// <summary>Reads an element of the local span.</summary>
    public sealed record Element(Number At) : Number;

    /// <summary>Calls one of <see cref="Vocabulary.Callees"/>.</summary>
    public sealed record Call(string Callee, Pointer Address, Number Argument) : Number;
}
