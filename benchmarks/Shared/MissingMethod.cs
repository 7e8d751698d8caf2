using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;
using MemSentry.ProtectionKeys;

namespace MemSentry.Benchmarks;

/// <summary>Why a method could not be measured.</summary>
/// <param name="Method">The method.</param>
/// <param name="Why">A sentence.</param>
internal sealed record MissingMethod(string Method, string Why)
{
    /// <summary>The reason of the machine, if it has one to give, goes before that of the weaver or of the program.</summary>
    public static MissingMethod Create(string method, string why) =>
        new(method, (method == "mpk" ? KeyRefusals.Find(ProcessorFacts.Read(), KernelKeySupport.ReadKernel())?.ToString() : null) ?? why);
}
