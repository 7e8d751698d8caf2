using System.Globalization;
using System.Runtime.InteropServices;
using MemSentry.Native;

namespace MemSentry.Cli.Doctor;

/// <summary>What machine and process are like.</summary>
internal static class MachineFindings
{
    public static IEnumerable<Finding> Of(MachineFacts facts, ProcessorDescription processor) =>
    [
        new("system", facts.IsLinux ? Verdict.Good : Verdict.Bad, facts.OperatingSystem),
        new("kernel", Verdict.Fact, Environment.OSVersion.Version.ToString(3)),
        new("processor", facts.Processor == Architecture.X64 ? Verdict.Good : Verdict.Bad, $"{facts.Processor}, {processor.Model}"),
        new("C library", facts.CLibrary == CLibrary.Musl ? Verdict.Bad : Verdict.Good, Name(facts.CLibrary)),
        new(".NET", Verdict.Fact, RuntimeInformation.FrameworkDescription),
        new("address space", Verdict.Fact, AddressSpace(facts)),
    ];

    private static string Name(CLibrary library) => library switch
    {
        CLibrary.Glibc => "GNU C library",
        CLibrary.Musl => "musl",
        _ => "not known",
    };

    private static string AddressSpace(MachineFacts facts) => facts.AddressSpaceLimit is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"limited to {limit >> 30} GiB (ulimit -v)")
        : "no limit (ulimit -v unlimited)";
}
