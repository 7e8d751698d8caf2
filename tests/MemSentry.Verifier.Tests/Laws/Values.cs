using FsCheck;
using FsCheck.Fluent;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Tests.Laws;

/// <summary>Arbitrary values, over a few types and numbers.</summary>
internal static class Values
{
    private static readonly ModuleDefinition Module = ModuleDefinition.CreateModule("Laws", ModuleKind.Dll);

    private static readonly TypeReference?[] Types = [null, Module.TypeSystem.Byte, Module.TypeSystem.Int64];

    private static readonly Distance?[] Distances = [null, Distance.Int32, Distance.Size, Distance.Outside, Distance.InStructure, Distance.Unknown, new Distance(-7, 9, false), Distance.Masked, new Distance(-7, 9, false, IsOfMask: true)];

    /// <summary>Values as joins see them: number and relation are those of a whole frame.</summary>
    public static Gen<Value> Any =>
        from kind in Gen.Elements(Enum.GetValues<ValueKind>())
        from proof in Gen.Elements(Enum.GetValues<Proof>())
        from type in Gen.Elements(Types)
        from flags in Gen.Choose(0, 15)
        from exposes in Gen.Elements(Enum.GetValues<Exposure>())
        from constant in Gen.Elements<long?>(null, 4, 42)
        from near in Gen.Elements(Distances)
        select new Value(kind, proof, type, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, (flags & 8) != 0, exposes, Constant: constant, Near: near);

    /// <summary>Raw numbers that may be equal to each other and related to each other.</summary>
    public static Gen<Value> Numbered =>
        from value in Any
        from number in Gen.Choose(0, 3)
        from relation in Gen.Elements(default, new Relation(RelationKind.BlockOf, 1), new Relation(RelationKind.BlockOf, 2), new Relation(RelationKind.StartOfRange, 3, Types[1]))
        select value with { Kind = ValueKind.Raw, Number = number, Relation = relation };

    /// <summary>Whether <paramref name="b"/> is believed nothing that <paramref name="a"/> is not.</summary>
    public static bool IsNoMoreTrusted(Value b, Value a) =>
        b.Proof >= a.Proof
        && (a.Stands || !b.Stands)
        && (a.IsFresh || !b.IsFresh)
        && (a.IsOwn || !b.IsOwn)
        && (a.IsStatic || !b.IsStatic)
        && b.Exposes >= a.Exposes
        && (b.Type is null || SameType.Are(b.Type, a.Type))
        && (b.Constant is null || b.Constant == a.Constant);
}
