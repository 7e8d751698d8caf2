namespace MemSentry.Fuzzing.Generation.Tree;

/// <summary>Where a pointer can be put so that an analysis of variables loses sight of it.</summary>
public enum Place
{
    /// <summary>A static field.</summary>
    Static,

    /// <summary>A field of an object.</summary>
    Object,

    /// <summary>An element of an array of native integers.</summary>
    Array,

    /// <summary>An element of an array of pointers.</summary>
    PointerArray,

    /// <summary>A field of a structure in a local variable.</summary>
    Structure,

    /// <summary>A field that overlaps another one, through which it is read.</summary>
    Union,

    /// <summary>A cell of the member's stack array.</summary>
    Stack,

    /// <summary>A local variable, written through its address.</summary>
    Address,

    /// <summary>The table of pointers, which may lie in a region.</summary>
    Table,

    /// <summary>An out parameter.</summary>
    Out,
}
