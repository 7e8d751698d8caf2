namespace MemSentry.Analysis.Options;

/// <summary>Which accesses are regarded at all (the option <c>Scope</c>).</summary>
public enum ProtectionScope
{
    /// <summary>
    /// Those of raw memory: pointers, managed references, block copies, and what hands them on. Arrays, strings and fields of objects are bounds-checked
    /// and typed by the runtime, and are believed.
    /// </summary>
    Raw,
}
