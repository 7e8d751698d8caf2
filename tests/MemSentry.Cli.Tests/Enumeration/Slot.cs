namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>What a value on the stack is, as far as it decides whether <c>ldfld</c> and <c>stfld</c> access memory through it.</summary>
internal enum Slot
{
    /// <summary>An object, a value type, an integer of fixed size, a float.</summary>
    Other,

    /// <summary>A native integer or an unmanaged pointer.</summary>
    Number,

    /// <summary>A managed reference.</summary>
    Reference,
}
