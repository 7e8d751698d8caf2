namespace MemSentry.AccessTable;

/// <summary>Why operands are exempt. Each must be true of every member that refers to it.</summary>
internal static class Reasons
{
    public const string Arithmetic = "Arithmetic on the address: nothing is touched, and the result keeps the origin.";
    public const string Compared = "The addresses are compared, never dereferenced.";
    public const string Number = "The value is computed with, compared, converted or formatted as a number, never dereferenced.";
    public const string Value = "The value is stored or exchanged, not dereferenced; whoever loads it again has an origin.";
    public const string Size = "A number of bytes or an alignment, never dereferenced.";
    public const string Lanes = "Lanes of a vector are numbers here, never dereferenced.";
    public const string BoundsChecked = "Bounds-checked against the range that the object remembers, which was checked when it was given.";
    public const string Offset = "The offset has 32 bits and starts at a fresh native copy of the object, so it ends in the guard.";
    public const string OnlyDescribes = "The member asks for or describes a type, a member or an error; it takes no address.";
    public const string CountOrMask = "A size limit or a bit mask of processors, never dereferenced.";
    public const string WrapsOnly = "The structure only stores the value or gives it back; whoever uses it as an address has an origin.";
    public const string InsideStructure = "A pointer inside a structure that goes to or comes from native code: the documented limit. Loaded, it is an origin.";
    public const string Token = "The structure holds a managed object that the runtime made from ldtoken or from a checked address.";
    public const string ManagedWrapper = "The operand is a managed object that wraps the interface pointer, which escaped when the wrapper was made.";
    public const string Stored = "The member only stores managed values in the structure or reads them back; no operand is an address.";
}
