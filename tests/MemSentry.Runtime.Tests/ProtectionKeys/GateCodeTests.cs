using Iced.Intel;
using MemSentry.Native.ProtectionKeys;
using MemSentry.Native.ProtectionKeys.Gates;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The machine code of a page of stubs, as the decoder reads it.</summary>
[TestFixture]
internal sealed class GateCodeTests
{
    private const int Writers = 6;

    private static readonly GatePlan Reviewed = new(3, [1, 3, 5]);
    private static readonly GatePlan Constant = Reviewed with { Others = KeyRegister.Initial };

    /// <summary>Each key alone and among all, and each number of keys.</summary>
    private static IEnumerable<GatePlan> Plans =>
    [
        Reviewed,
        .. Enumerable.Range(1, 15).Select(key => new GatePlan(key, [key])),
        .. Enumerable.Range(1, 15).Select(key => new GatePlan(key, [.. Enumerable.Range(1, 15)])),
        .. Enumerable.Range(1, 15).Select(count => new GatePlan(count, [.. Enumerable.Range(1, count)])),
    ];

    /// <summary>The same with constants. In Leave they are one instruction less, so that a process has pages of one form only.</summary>
    private static IEnumerable<GatePlan> ConstantPlans => Plans.Select(plan => plan with { Others = KeyRegister.Initial });

    private static IEnumerable<TestCaseData> Cases => Plans.Concat(ConstantPlans).DistinctBy(Name).Select(plan => new TestCaseData(plan).SetArgDisplayNames(Name(plan)));

    private static IEnumerable<GateEntry> Entries => Enum.GetValues<GateEntry>();

    [Test]
    public void The_listing_that_keeps_other_keys_is_the_reviewed_one() => AssertReviewed(Entries, Reviewed, "ProtectionKeys/Gates.listing.txt");

    [Test]
    public void The_listing_with_constants_is_the_reviewed_one() =>
        AssertReviewed([GateEntry.EnterToRead, GateEntry.EnterToWrite, GateEntry.Leave], Constant, "ProtectionKeys/ConstantGates.listing.txt");

    /// <summary>Whoever jumps to a wrpkru meets the comparison of the register with constants: nothing but it leads on.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Every_write_is_compared_with_the_register_before_anything_else(object plan)
    {
        byte[] page = GateAssembler.Assemble((GatePlan)plan);
        int writes = 0;
        foreach (List<Instruction> stub in Entries.Select(entry => StubListing.Decode(Stub(page, entry))))
        {
            foreach (int i in Enumerable.Range(0, stub.Count).Where(i => stub[i].Mnemonic == Mnemonic.Wrpkru))
            {
                writes++;
                Instruction[] behind = [.. stub.Skip(i + 1).TakeWhile(instruction => instruction.Mnemonic != Mnemonic.Ud2)];
                Mnemonic[] wanted = [Mnemonic.Xor, Mnemonic.Rdpkru, Mnemonic.Mov, Mnemonic.And, Mnemonic.Mov, Mnemonic.Cmp, Mnemonic.Je];
                bool isWhole = behind.Length == 5;
                Assert.That(behind.Select(instruction => instruction.Mnemonic), Is.EqualTo(isWhole ? [.. wanted[..2], .. wanted[4..]] : wanted));
                Assert.That(behind[^1].NearBranchTarget, Is.EqualTo(stub[i + 1 + behind.Length + 1].IP), "equal bits lead past the trap");
                Assert.That(behind.Where(instruction => instruction.Mnemonic == Mnemonic.Mov).Select(instruction => instruction.Op1Kind), Is.All.EqualTo(OpKind.Immediate32), "what it compares with is no register's");
                Assert.That(isWhole && ((GatePlan)plan).Others is null, Is.False, "only constants are the whole register");
            }
        }

        Assert.That(writes, Is.EqualTo(Writers));
    }

    [TestCaseSource(nameof(Cases))]
    public void They_touch_no_memory_and_no_register_that_callers_keep(object plan) =>
        StubListing.AssertHarmless(Entries.SelectMany(entry => StubListing.Decode(Stub(GateAssembler.Assemble((GatePlan)plan), entry))));

    /// <summary>A second one in an immediate operand, or across two instructions, would be one without comparison behind it. xrstor can write the register, too.</summary>
    [TestCaseSource(nameof(Cases))]
    public void The_bytes_of_wrpkru_stand_nowhere_else_and_those_of_xrstor_nowhere(object plan)
    {
        byte[] page = GateAssembler.Assemble((GatePlan)plan);
        int writes = 0;
        for (int at = 0; at + 3 <= page.Length; at++)
        {
            writes += page.AsSpan(at, 3).SequenceEqual((byte[])[0x0f, 0x01, 0xef]) ? 1 : 0;
            bool isRestore = page[at] == 0x0f && page[at + 1] is 0xae or 0xc7 && ((page[at + 2] >> 3) & 7) is 5 or 3 && page[at + 2] < 0xc0;
            Assert.That(isRestore, Is.False, $"xrstor or xrstors at {at}");
        }

        Assert.That(writes, Is.EqualTo(Writers));
    }

    /// <summary>A page is replaced while threads are in it, which go on in the new one.</summary>
    [Test]
    public void The_instructions_have_the_same_boundaries_for_all_keys_and_sets_of_keys()
    {
        foreach (IEnumerable<GatePlan> form in (IEnumerable<GatePlan>[])[Plans, ConstantPlans])
        {
            (GateEntry Entry, ulong At, Mnemonic Mnemonic)[] first = Boundaries(form.First());
            foreach (GatePlan plan in form)
            {
                Assert.That(Boundaries(plan), Is.EqualTo(first), Name(plan));
            }
        }
    }

    [Test]
    public void Between_two_sets_of_keys_only_immediate_operands_differ()
    {
        byte[] before = GateAssembler.Assemble(Reviewed);
        byte[] after = GateAssembler.Assemble(Reviewed with { Ours = [1, 3, 5, 9] });
        foreach (GateEntry entry in Entries)
        {
            byte[] stub = Stub(before, entry);
            HashSet<int> immediates = [.. StubListing.Decode(stub).Where(i => i.OpCount == 2 && i.Op1Kind == OpKind.Immediate32)
                .SelectMany(i => Enumerable.Range((int)i.NextIP - sizeof(uint), sizeof(uint)))];
            foreach (int at in Enumerable.Range(0, stub.Length).Where(at => stub[at] != after[((int)entry * GateLayout.EntryLength) + at]))
            {
                Assert.That(immediates, Does.Contain(at), $"byte {at} of {entry}");
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void What_lies_between_stubs_ends_the_process(object plan)
    {
        byte[] page = GateAssembler.Assemble((GatePlan)plan);
        Assert.That(page, Has.Length.EqualTo(GateLayout.PageLength));
        foreach (GateEntry entry in Entries)
        {
            int start = (int)entry * GateLayout.EntryLength;
            int length = Stub(page, entry).Length;
            Assert.That(length, Is.LessThan(GateLayout.EntryLength), $"{entry}");
            Assert.That(page[(start + length)..(start + GateLayout.EntryLength)], Is.All.EqualTo(0xcc), $"behind {entry}");
        }

        Assert.That(page[(Entries.Count() * GateLayout.EntryLength)..], Is.All.EqualTo(0xcc), "behind the last");
    }

    private static string Name(GatePlan plan) => $"key {plan.Key} of {string.Join(' ', plan.Ours)}{(plan.Others is null ? "" : ", constant")}";

    private static void AssertReviewed(IEnumerable<GateEntry> entries, GatePlan plan, string file)
    {
        byte[] page = GateAssembler.Assemble(plan);
        StubListing.AssertReviewed(
            string.Concat(entries.Select(entry => StubListing.Format(Stub(page, entry), new Dictionary<int, string> { [0] = $"{entry}" }))), file);
    }

    private static (GateEntry Entry, ulong At, Mnemonic Mnemonic)[] Boundaries(GatePlan plan)
    {
        byte[] page = GateAssembler.Assemble(plan);
        return [.. Entries.SelectMany(entry => StubListing.Decode(Stub(page, entry)).Select(i => (entry, i.IP, i.Mnemonic)))];
    }

    /// <summary>The bytes of a stub, without what fills its place: the last instruction of each is its only return.</summary>
    internal static byte[] Stub(byte[] page, GateEntry entry)
    {
        byte[] place = page[((int)entry * GateLayout.EntryLength)..(((int)entry + 1) * GateLayout.EntryLength)];
        Instruction last = StubListing.Decode(place).First(i => i.Mnemonic is Mnemonic.Ret or Mnemonic.Int3);
        return place[..(int)(last.Mnemonic == Mnemonic.Ret ? last.NextIP : last.IP)];
    }
}
