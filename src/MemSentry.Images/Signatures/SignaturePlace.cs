namespace MemSentry.Images.Signatures;

/// <summary>How a signature begins depends on who names it.</summary>
internal enum SignaturePlace
{
    /// <summary>With a byte that says what it is: field, method, property, local variables, generic arguments.</summary>
    Member,

    /// <summary>With the type at once.</summary>
    Type,
}
