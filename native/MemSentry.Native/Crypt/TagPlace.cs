namespace MemSentry.Native.Crypt;

/// <summary>Where the tag of a region's last close is: memory that this process can read and that only the kernel writes.</summary>
/// <param name="Address">Where it can be read.</param>
/// <param name="File">The descriptor by which the kernel writes it.</param>
/// <param name="Offset">Where in that file, in bytes.</param>
internal readonly record struct TagPlace(ulong Address, int File, int Offset);
