namespace MemSentry.Native.ProtectionKeys;

/// <summary>One range of <c>/proc/self/smaps</c>.</summary>
/// <param name="Mapping">Its first line.</param>
/// <param name="Key">Its protection key; <see langword="null"/> if the kernel does not tell, because the processor has none.</param>
internal readonly record struct KeyedRange(MappedRange Mapping, int? Key);
