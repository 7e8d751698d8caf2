namespace MemSentry.Native.Faults;

/// <summary>What a message leaves open until the fault happens.</summary>
internal enum FaultField
{
    /// <summary>"a load", "a store" or "an instruction fetch".</summary>
    Access,

    /// <summary>The address that faulted, in hexadecimal digits.</summary>
    Fault,

    /// <summary>That address without the mask's bit: what the program meant.</summary>
    Original,

    /// <summary>Address of the instruction.</summary>
    Instruction,

    /// <summary>Where the original address lies; see <see cref="PlaceMessages"/>.</summary>
    Place,

    /// <summary>The region by name, or that it has none.</summary>
    Region,

    /// <summary>The region's name itself.</summary>
    Name,

    /// <summary>The original address, in bytes from the region's start.</summary>
    Offset,

    /// <summary>The name of the region's domain.</summary>
    Domain,

    /// <summary>Bytes of the region.</summary>
    Length,
}
