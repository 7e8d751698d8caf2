using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MemSentry.Fuzzing.Domains.Tree;

/// <summary>
/// One thing that code does. Whose code that is follows from the tree: the nearest <see cref="Gate"/> or <see cref="Call"/> around it says whether it is whitelisted. So every act has a meaning
/// everywhere - where no region may be touched, a touch is a look from outside - and whatever the shrinker takes away, the rest is a program.
/// </summary>
[JsonDerivedType(typeof(Touch), nameof(Touch))]
[JsonDerivedType(typeof(Note), nameof(Note))]
[JsonDerivedType(typeof(Fault), nameof(Fault))]
[JsonDerivedType(typeof(Gate), nameof(Gate))]
[JsonDerivedType(typeof(Call), nameof(Call))]
[JsonDerivedType(typeof(Lambda), nameof(Lambda))]
[JsonDerivedType(typeof(Initialise), nameof(Initialise))]
[JsonDerivedType(typeof(Again), nameof(Again))]
[JsonDerivedType(typeof(If), nameof(If))]
[JsonDerivedType(typeof(Switch), nameof(Switch))]
[JsonDerivedType(typeof(Loop), nameof(Loop))]
[JsonDerivedType(typeof(TryCatch), nameof(TryCatch))]
[JsonDerivedType(typeof(TryFinally), nameof(TryFinally))]
[JsonDerivedType(typeof(Return), nameof(Return))]
[JsonDerivedType(typeof(Pause), nameof(Pause))]
public abstract record Act
{
    /// <summary>Reads or writes the region of the gate by one of <see cref="Vocabulary.Touches"/>.</summary>
    public sealed record Touch(string Way, int At) : Act;

    /// <summary>Notes the hash by a call of somebody else's static member, which looks.</summary>
    public sealed record Note : Act;

    /// <summary>Throws by one of <see cref="Vocabulary.FaultWays"/>, always or if a bit of the hash is clear.</summary>
    public sealed record Fault(string Way, int? UnlessBit) : Act;

    /// <summary>Runs a block as a whitelisted member of a domain, in one of <see cref="Vocabulary.GateShapes"/>.</summary>
    public sealed record Gate(string Shape, bool IsOther, bool IsReader, ImmutableArray<Act> Body) : Act;

    /// <summary>Runs a block as code that is not whitelisted, called in one of <see cref="Vocabulary.Calls"/>.</summary>
    public sealed record Call(string Way, ImmutableArray<Act> Body) : Act;

    /// <summary>Runs a block as a lambda that somebody else calls. It is trusted as the member is that it was written in.</summary>
    public sealed record Lambda(ImmutableArray<Act> Body) : Act;

    /// <summary>Reads a static field of a class that is not whitelisted and has a static constructor, which looks.</summary>
    public sealed record Initialise : Act;

    /// <summary>Calls a member that is being executed once more, so many levels up, as long as there is depth left.</summary>
    public sealed record Again(int Levels) : Act;

    /// <summary>Runs one of two blocks, by a bit of the hash.</summary>
    public sealed record If(int Bit, ImmutableArray<Act> Then, ImmutableArray<Act> Else) : Act;

    /// <summary>Runs one of two blocks, or none, by two bits of the hash.</summary>
    public sealed record Switch(int Bit, ImmutableArray<Act> First, ImmutableArray<Act> Second) : Act;

    /// <summary>Runs a block several times.</summary>
    public sealed record Loop(int Times, ImmutableArray<Act> Body) : Act;

    /// <summary>Catches a kind of exception. The filter is a touch, call or gate, whose result is asked.</summary>
    public sealed record TryCatch(ImmutableArray<Act> Body, string Exception, Act? Filter, ImmutableArray<Act> Handler) : Act;

    /// <summary>Cleans up.</summary>
    public sealed record TryFinally(ImmutableArray<Act> Body, ImmutableArray<Act> Cleanup) : Act;

    /// <summary>Leaves the member unless a bit of the hash is set.</summary>
    public sealed record Return(int UnlessBit) : Act;

    /// <summary>Gives up the thread, or the iterator its turn, where the member can.</summary>
    public sealed record Pause : Act;
}
