using FsCheck;
using FsCheck.Fluent;
using MemSentry.Analysis.Provenance;
using MemSentry.Analysis.Stack;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>Arbitrary stack values, over a few types.</summary>
internal static class StackValues
{
    private static readonly ModuleDefinition Module = ModuleDefinition.CreateModule("Laws", ModuleKind.Dll);

    private static readonly TypeReference?[] Types = [null, Module.TypeSystem.Byte, Module.TypeSystem.Int64, Module.TypeSystem.Void];

    private static readonly Gen<AddressOrigin> Origins = Gen.Elements(Enum.GetValues<AddressOrigin>());

    private static readonly Gen<AddressOrigin> AddressOriginsOnly = Gen.Elements(Enum.GetValues<AddressOrigin>()[1..]);

    /// <summary>A type that references may refer to.</summary>
    public static TypeReference SomeType => Module.TypeSystem.Int64;

    /// <summary>Values of every kind.</summary>
    public static Gen<StackValue> Any => Gen.OneOf(
        Gen.Elements(StackValue.Int32, StackValue.Int64, StackValue.Float32, StackValue.Float64, StackValue.Object),
        from origin in AddressOriginsOnly from type in Gen.Elements(Types) select StackValue.Native(origin, type),
        from origin in AddressOriginsOnly from type in Gen.Elements(Types) select StackValue.Reference(origin, type),
        from origin in Origins from type in Gen.Elements(Types[1..]) select StackValue.Structure(type!, origin));

    /// <summary>Another value of the same kind, as far as another path could have brought it.</summary>
    public static StackValue Other(StackValue value, Random random)
    {
        if (!value.HasOrigin)
            return value;

        AddressOrigin[] origins = Enum.GetValues<AddressOrigin>()[1..];
        AddressOrigin origin = origins[random.Next(origins.Length)];
        return value.Kind == StackKind.Value ? value with { Origin = origin } : value with { Origin = origin, Type = random.Next(3) == 0 ? Types[random.Next(Types.Length)] : value.Type };
    }

    /// <summary>The join, or null where the kinds cannot meet and the weave is refused.</summary>
    public static StackValue? Join(StackValue a, StackValue b)
    {
        try
        {
            return StackValue.Join(a, b);
        }
        catch (NotModelledException)
        {
            return null;
        }
    }

    /// <summary>Whether <paramref name="b"/> is believed nothing that <paramref name="a"/> is not.</summary>
    public static bool IsNoMoreTrusted(StackValue b, StackValue a) =>
        (a.Kind, b.Kind) switch
        {
            // A number that meets another kind is a number from then on, and an untrusted one.
            (not StackKind.NativeInt, StackKind.NativeInt) => !b.Origin.IsAnchor(),
            _ => (!b.Origin.IsAnchor() || a.Origin.IsAnchor()) && (!b.Origin.IsRoot() || a.Origin.IsRoot())
                && (b.Type is null || b.Kind == StackKind.NativeInt || TypeIdentity.Same(a.Type, b.Type) || b.Type.MetadataType == MetadataType.Void),
        };
}
