namespace MemSentry.Native.ThreadStarts;

/// <summary>Where a library of .NET keeps the address of <c>pthread_create</c>.</summary>
/// <param name="Library">Path of its file.</param>
/// <param name="Address">Of the slot.</param>
/// <param name="Target">What is in it.</param>
internal sealed record ThreadStartSlot(string Library, ulong Address, ulong Target);
