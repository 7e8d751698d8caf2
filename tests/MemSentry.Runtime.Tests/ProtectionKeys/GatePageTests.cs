using Iced.Intel;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>Pages of stubs without keys, and how a page takes the place of another.</summary>
[TestFixture]
internal sealed class GatePageTests
{
    private static IEnumerable<TestCaseData> Pages() =>
    [
        new TestCaseData(FixedAnswers.Recorded, 0u).SetArgDisplayNames("recorded"),
        new TestCaseData(FixedAnswers.Granted, 1u).SetArgDisplayNames("granted"),
    ];

    /// <summary>Gates ask whether all is closed first, so an answer of 1 would lead them to a stub that opens.</summary>
    [TestCaseSource(nameof(Pages))]
    public void Without_keys_nothing_is_ever_closed_and_all_may_or_none(byte[] page, uint may)
    {
        Assert.That(Answer(page, GateEntry.IsClosed), Is.Zero);
        Assert.That((Answer(page, GateEntry.MayRead), Answer(page, GateEntry.MayWrite)), Is.EqualTo((may, may)));
    }

    [TestCaseSource(nameof(Pages))]
    public void Without_keys_what_opens_and_closes_ends_the_process(byte[] page, uint may)
    {
        foreach (GateEntry entry in (GateEntry[])[GateEntry.EnterToRead, GateEntry.EnterToWrite, GateEntry.Leave])
        {
            Assert.That(
                StubListing.Decode(GateCodeTests.Stub(page, entry)).Select(i => i.Mnemonic), Is.EqualTo((Mnemonic[])[Mnemonic.Endbr64, Mnemonic.Ud2]), $"{entry}");
        }

        // What only the runtime calls, and only where there are keys.
        Assert.That(page[((int)GateEntry.OpenToRead * GateLayout.EntryLength)..], Is.All.EqualTo(0xcc));
    }

    [Test]
    public void A_page_is_replaced_under_threads_that_call_it()
    {
        ChildResult result = new Probe("gate-page-replaced").Run();

        Assert.That((result.ExitCode, result.Output.Trim()), Is.EqualTo((0, "replaced 4000 times, both answers for each caller: True, rights r-xp")), result.ToString());
    }

    private static uint Answer(byte[] page, GateEntry entry)
    {
        Instruction[] code = [.. StubListing.Decode(GateCodeTests.Stub(page, entry))];
        Assert.That(code.Select(i => i.Mnemonic), Is.EqualTo((Mnemonic[])[Mnemonic.Endbr64, Mnemonic.Mov, Mnemonic.Ret]));
        Assert.That(code[1].Op0Register, Is.EqualTo(Register.EAX));
        return code[1].Immediate32;
    }
}
