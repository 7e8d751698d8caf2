using System.Runtime.Intrinsics.X86;

namespace MemSentry.Native;

/// <summary>
/// What the processor offers to the stubs of <c>crypt</c> and <c>mpk</c>. A plain record, so that every refusal can be tested on facts of a
/// machine that is not at hand. Intel SDM volume 2A, CPUID; AMD APM volume 3, appendix E.
/// </summary>
internal sealed record ProcessorFacts
{
    private const int FeatureLeaf = 1;
    private const int ExtendedFeatureLeaf = 7;

    /// <summary>AES-NI, leaf 1 ECX bit 25.</summary>
    public bool HasAes { get; init; }

    /// <summary>PCLMULQDQ, leaf 1 ECX bit 1: products of polynomials.</summary>
    public bool HasCarrylessMultiply { get; init; }

    /// <summary>AVX, and a system that keeps its registers (XCR0).</summary>
    public bool HasAvx { get; init; }

    /// <summary>AVX2, and a system that keeps its registers.</summary>
    public bool HasAvx2 { get; init; }

    /// <summary>RDRAND, leaf 1 ECX bit 30.</summary>
    public bool HasRandom { get; init; }

    /// <summary>VAES, leaf 7 ECX bit 9.</summary>
    public bool HasVectorAes { get; init; }

    /// <summary>VPCLMULQDQ, leaf 7 ECX bit 10.</summary>
    public bool HasVectorCarrylessMultiply { get; init; }

    /// <summary>PKU, leaf 7 ECX bit 3: the processor has protection keys.</summary>
    public bool HasProtectionKeys { get; init; }

    /// <summary>OSPKE, leaf 7 ECX bit 4: the system has switched them on.</summary>
    public bool AreProtectionKeysOn { get; init; }

    /// <summary>Asks the running machine.</summary>
    public static ProcessorFacts Read()
    {
        if (!X86Base.IsSupported)
        {
            return new ProcessorFacts();
        }

        int features = X86Base.CpuId(FeatureLeaf, 0).Ecx;
        int extended = X86Base.CpuId(0, 0).Eax >= ExtendedFeatureLeaf ? X86Base.CpuId(ExtendedFeatureLeaf, 0).Ecx : 0;
        return new ProcessorFacts
        {
            HasAes = Has(features, 25),
            HasCarrylessMultiply = Has(features, 1),
            HasRandom = Has(features, 30),
            HasAvx = Avx.IsSupported,
            HasAvx2 = Avx2.IsSupported,
            HasVectorAes = Has(extended, 9),
            HasVectorCarrylessMultiply = Has(extended, 10),
            HasProtectionKeys = Has(extended, 3),
            AreProtectionKeysOn = Has(extended, 4),
        };
    }

    private static bool Has(int register, int bit) => (register & (1 << bit)) != 0;
}
