using MemSentry.Attacks.Building;
using MemSentry.Attacks.Domains;
using MemSentry.Attacks.Judging;
using MemSentry.Attacks.Reading;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Tests;

/// <summary>The judge of domain-based methods accepts nothing but what the method claims.</summary>
public sealed class DomainJudgeTests
{
    private const string Stopped = "MemSentry: MS7102: The processor stopped a load at 0x12000d8d0000, inside the safe region 'attack target' of the domain 'default' (byte 65536 of 131072), by";
    private const string Tampered = "Process terminated.\nMS7110: The safe region 'attack target' is not as its last close left it: ";
    private static readonly Outcome Control = new("00000000000000aa", null, null, new('0', 64), false);
    private static readonly DomainFacts Silent = new("row", [], [], null, false, false, false, 0, "");
    private static readonly DomainFacts Read = Silent with { Values = ["1", "2"], OfCiphertext = ["1", "2"] };

    private static IEnumerable<TestCaseData> Accepted() =>
    [
        Case("mprotect", Silent with { Signal = 6, Errors = Stopped }),
        Case("mprotect", Silent with { Signal = 11, Errors = Stopped }),
        Case("mprotect", Silent with { Exception = "IOException" }),
        Case("crypt", Read),
        Case("crypt", Read with { OfCiphertext = ["1", "3"], IsLedByMemory = true }),
        Case("crypt", Silent with { Signal = 11, IsLedByMemory = true }),
        Case("crypt", Silent with { Signal = 6, Errors = Tampered }, "Bodies.PlainStore"),
    ];

    private static IEnumerable<TestCaseData> Refused() =>
    [
        Case("mprotect", Read),
        Case("mprotect", Silent),
        Case("mprotect", Silent with { Signal = 11 }),
        Case("mprotect", Silent with { Signal = 6, Errors = "MemSentry: MS7102: The processor stopped a load at 0x1, in the guard around the safe regions" }),
        Case("mprotect", Silent with { Exception = "IOException", Changed = true }),
        Case("crypt", Silent),
        Case("crypt", Read with { Values = ["1", "3"] }),
        Case("crypt", Read with { Values = ["1", "00000000000000aa"], IsLedByMemory = true }),
        Case("crypt", Read with { ShowsSecret = true }),
        Case("crypt", Read with { Changed = true }),
        Case("crypt", Silent with { Signal = 11 }),
        Case("crypt", Silent with { Changed = true }, "Bodies.PlainStore"),
        Case("crypt", Silent with { Signal = 6, Errors = "Process terminated." }, "Bodies.PlainStore"),
    ];

    [TestCaseSource(nameof(Accepted))]
    public void What_is_claimed_counts(string method, DomainFacts facts, string row) =>
        Assert.That(Verdict(method, facts, row).State, Is.EqualTo(CellState.Blocked), Verdict(method, facts, row).Reason);

    [TestCaseSource(nameof(Refused))]
    public void Anything_else_fails(string method, DomainFacts facts, string row) => Assert.That(Verdict(method, facts, row).State, Is.EqualTo(CellState.Failed));

    private static Cell Verdict(string method, DomainFacts facts, string row) => DomainJudge.Verdict(
        method, DeclaredRow.In(SharedStage.Stage.Folder(Arm.Unwoven, BuildConfiguration.Release)).First(r => r.Name == row), facts, Control);

    private static TestCaseData Case(string method, DomainFacts facts, string row = "Bodies.Plain") => new(method, facts, row);
}
