namespace MemSentry.Native.Crypt;

/// <summary>Which forms a processor can run.</summary>
internal static class CipherForms
{
    /// <summary>The quickest form; <see langword="null"/> if it can run none.</summary>
    public static CipherForm? Best(ProcessorFacts processor) =>
        Missing(processor).Count > 0 ? null
        : processor is { HasAvx2: true, HasVectorAes: true, HasVectorCarrylessMultiply: true } ? CipherForm.Double
        : CipherForm.Single;

    /// <summary>Instructions that every form needs and this processor lacks, by the names of its manual.</summary>
    public static IReadOnlyList<string> Missing(ProcessorFacts processor)
    {
        (bool Has, string Name)[] needed =
        [
            (processor.HasAes, "AES-NI"),
            (processor.HasCarrylessMultiply, "PCLMULQDQ"),
            (processor.HasAvx, "AVX"),
            (processor.HasRandom, "RDRAND"),
        ];
        return [.. needed.Where(instruction => !instruction.Has).Select(instruction => instruction.Name)];
    }
}
