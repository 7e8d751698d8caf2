using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Delegates of any type, the framework's or not.</summary>
internal static class DelegateRows
{
    /// <summary>
    /// Every delegate type has this constructor (ECMA-335 II.14.6.1), and other types may: so the address is harmless only straight from
    /// <c>ldftn</c> or <c>ldvirtftn</c>, which is what compilers emit.
    /// </summary>
    public static ApiRow Constructor { get; } = Member(".ctor(object, nint)", Code(1)).Gives(Unrelated);
}
