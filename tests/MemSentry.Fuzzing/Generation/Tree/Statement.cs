using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>One statement. The evaluation stack is empty before and after it.</summary>
[JsonDerivedType(typeof(Mix), nameof(Mix))]
[JsonDerivedType(typeof(Assign), nameof(Assign))]
[JsonDerivedType(typeof(Point), nameof(Point))]
[JsonDerivedType(typeof(Store), nameof(Store))]
[JsonDerivedType(typeof(Update), nameof(Update))]
[JsonDerivedType(typeof(StoreField), nameof(StoreField))]
[JsonDerivedType(typeof(Copy), nameof(Copy))]
[JsonDerivedType(typeof(Fill), nameof(Fill))]
[JsonDerivedType(typeof(CopyStructure), nameof(CopyStructure))]
[JsonDerivedType(typeof(ClearStructure), nameof(ClearStructure))]
[JsonDerivedType(typeof(SetCell), nameof(SetCell))]
[JsonDerivedType(typeof(Keep), nameof(Keep))]
[JsonDerivedType(typeof(Refer), nameof(Refer))]
[JsonDerivedType(typeof(SetReferred), nameof(SetReferred))]
[JsonDerivedType(typeof(Cover), nameof(Cover))]
[JsonDerivedType(typeof(SetElement), nameof(SetElement))]
[JsonDerivedType(typeof(If), nameof(If))]
[JsonDerivedType(typeof(Loop), nameof(Loop))]
[JsonDerivedType(typeof(Tangle), nameof(Tangle))]
[JsonDerivedType(typeof(Switch), nameof(Switch))]
[JsonDerivedType(typeof(TryCatch), nameof(TryCatch))]
[JsonDerivedType(typeof(TryFinally), nameof(TryFinally))]
[JsonDerivedType(typeof(Throw), nameof(Throw))]
[JsonDerivedType(typeof(Return), nameof(Return))]
[JsonDerivedType(typeof(Apart), nameof(Apart))]
[JsonDerivedType(typeof(Await), nameof(Await))]
public abstract record Statement
{
    /// <summary>Mixes a number into the result.</summary>
    public sealed record Mix(Number Value) : Statement;

    /// <summary>Sets a number variable.</summary>
    public sealed record Assign(int Name, Number Value) : Statement;

    /// <summary>Sets a pointer variable.</summary>
    public sealed record Point(int Name, Pointer Value) : Statement;

    /// <summary>Writes memory by one of <see cref="Vocabulary.Routes"/>.</summary>
    public sealed record Store(Width Width, string Route, Pointer Address, Number Value) : Statement;

    /// <summary>Reads, adds and writes through copies of one address.</summary>
    public sealed record Update(Width Width, Pointer Address, Number Value) : Statement;

    /// <summary>Writes one of <see cref="Vocabulary.StructureFields"/> through a pointer.</summary>
    public sealed record StoreField(string Name, Pointer Address, Number Value) : Statement;

    /// <summary>Copies up to 63 bytes by one of <see cref="Vocabulary.BlockMembers"/>.</summary>
    public sealed record Copy(string Member, Pointer To, Pointer From, Number Length) : Statement;

    /// <summary>Fills up to 63 bytes by one of <see cref="Vocabulary.BlockMembers"/>.</summary>
    public sealed record Fill(string Member, Pointer To, Number Value, Number Length) : Statement;

    /// <summary>Copies a whole structure.</summary>
    public sealed record CopyStructure(string Type, Pointer To, Pointer From) : Statement;

    /// <summary>Zeroes a whole structure.</summary>
    public sealed record ClearStructure(string Type, Pointer To) : Statement;

    /// <summary>Writes a cell of the member's own stack array.</summary>
    public sealed record SetCell(Number At, Number Value) : Statement;

    /// <summary>Puts a pointer where it has an alias.</summary>
    public sealed record Keep(Place Place, Pointer Value) : Statement;

    /// <summary>Lets the local reference, to a long, refer to an address.</summary>
    public sealed record Refer(Pointer To) : Statement;

    /// <summary>Writes through the local reference.</summary>
    public sealed record SetReferred(Number Value) : Statement;

    /// <summary>Lets the local span, of bytes, cover sixteen bytes.</summary>
    public sealed record Cover(Pointer From) : Statement;

    /// <summary>Writes an element of the local span.</summary>
    public sealed record SetElement(Number At, Number Value) : Statement;

    /// <summary>Branches.</summary>
    public sealed record If(Number Condition, ImmutableArray<Statement> Then, ImmutableArray<Statement> Else) : Statement;

    /// <summary>Runs a block several times.</summary>
    public sealed record Loop(int Count, ImmutableArray<Statement> Body) : Statement;

    /// <summary>A loop of two blocks that may be entered at the second one, so that no block dominates the other.</summary>
    public sealed record Tangle(Number EntersSecond, int Count, ImmutableArray<Statement> First, ImmutableArray<Statement> Second) : Statement;

    /// <summary>Runs one of several blocks.</summary>
    public sealed record Switch(Number Selector, ImmutableArray<ImmutableArray<Statement>> Cases) : Statement;

    /// <summary>Catches a kind of exception, perhaps only if a filter says so.</summary>
    public sealed record TryCatch(ImmutableArray<Statement> Body, string Exception, Number? Filter, ImmutableArray<Statement> Handler) : Statement;

    /// <summary>Cleans up; in IL perhaps only after an exception.</summary>
    public sealed record TryFinally(ImmutableArray<Statement> Body, ImmutableArray<Statement> Cleanup, bool IsFault) : Statement;

    /// <summary>Throws if a number is odd.</summary>
    public sealed record Throw(string Exception, Number Condition) : Statement;

    /// <summary>Leaves the member if a number is odd.</summary>
    public sealed record Return(Number Condition) : Statement;

    /// <summary>A lambda that captures every variable; in IL the block itself.</summary>
    public sealed record Apart(ImmutableArray<Statement> Body) : Statement;

    /// <summary>Gives up the thread where the member can.</summary>
    public sealed record Await : Statement;
}
