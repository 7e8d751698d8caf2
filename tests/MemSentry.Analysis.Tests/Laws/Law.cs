using FsCheck;
using FsCheck.Fluent;

namespace MemSentry.Analysis.Tests.Laws;

/// <summary>Checks that something holds for many values, always the same ones.</summary>
internal static class Law
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20_26UL, 7UL);

    /// <summary>For one value.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, bool> law) => Check.One(Fixed, Prop.ForAll(values.ToArbitrary(), law));

    /// <summary>For any two.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, T, bool> law) => Check.One(Fixed, Prop.ForAll(values.ToArbitrary(), values.ToArbitrary(), law));

    /// <summary>For any three.</summary>
    public static void Holds<T>(Gen<T> values, Func<T, T, T, bool> law) =>
        Check.One(Fixed, Prop.ForAll(values.ToArbitrary(), values.ToArbitrary(), values.ToArbitrary(), law));
}
