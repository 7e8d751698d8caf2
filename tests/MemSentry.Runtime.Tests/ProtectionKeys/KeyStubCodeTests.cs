using Iced.Intel;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The stubs' machine code, as the decoder reads it.</summary>
[TestFixture]
internal sealed class KeyStubCodeTests
{
    private static readonly KeyStubPlan Keeping = new() { Key = 3, Closed = KeyRegister.Bits(5, KeyRights.None) };
    private static readonly KeyStubPlan Constant = new() { Key = 3, Others = KeyRegister.Initial };

    private static IEnumerable<KeyStubPlan> Plans => [new() { Key = 1 }, new() { Key = 15 }, Keeping, Constant];

    [Test]
    public void The_listing_that_keeps_other_keys_is_the_reviewed_one() => AssertReviewed(Keeping, "ProtectionKeys/KeepingStubs.listing.txt");

    [Test]
    public void The_listing_with_constants_is_the_reviewed_one() => AssertReviewed(Constant, "ProtectionKeys/ConstantStubs.listing.txt");

    /// <summary>Whoever jumps to a wrpkru meets the comparison: nothing but it leads on.</summary>
    [TestCaseSource(nameof(Plans))]
    public void Every_write_is_compared_with_the_register_before_anything_else(object plan)
    {
        List<Instruction> instructions = StubListing.Decode(KeyStubAssembler.Assemble((KeyStubPlan)plan).Bytes);
        int writes = 0;
        for (int i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].Mnemonic == Mnemonic.Wrpkru)
            {
                writes++;
                Mnemonic[] behind = [.. instructions.Skip(i + 1).Take(6).Select(instruction => instruction.Mnemonic).Where(mnemonic => mnemonic != Mnemonic.And)];
                Assert.That(behind[..5], Is.EqualTo((Mnemonic[])[Mnemonic.Xor, Mnemonic.Rdpkru, Mnemonic.Cmp, Mnemonic.Je, Mnemonic.Ud2]));
            }
        }

        Assert.That(writes, Is.EqualTo(3));
    }

    [TestCaseSource(nameof(Plans))]
    public void They_touch_no_memory_and_no_register_that_callers_keep(object plan) =>
        StubListing.AssertHarmless(StubListing.Decode(KeyStubAssembler.Assemble((KeyStubPlan)plan).Bytes));

    /// <summary>A second wrpkru hidden in an immediate operand would be one without comparison behind it.</summary>
    [TestCaseSource(nameof(Plans))]
    public void The_bytes_of_wrpkru_stand_nowhere_else(object plan)
    {
        byte[] code = KeyStubAssembler.Assemble((KeyStubPlan)plan).Bytes;
        int found = 0;
        for (int at = 0; at + 3 <= code.Length; at++)
        {
            found += code.AsSpan(at, 3).SequenceEqual((byte[])[0x0f, 0x01, 0xef]) ? 1 : 0;
        }

        Assert.That(found, Is.EqualTo(3));
    }

    [TestCase(0)]
    [TestCase(16)]
    public void Key_0_and_keys_that_do_not_exist_are_refused(int key) =>
        Assert.That(() => KeyStubAssembler.Assemble(new KeyStubPlan { Key = key }), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_key_that_has_to_be_closed_cannot_be_the_one_that_opens() =>
        Assert.That(() => KeyStubAssembler.Assemble(Keeping with { Key = 5 }), Throws.ArgumentException);

    private static void AssertReviewed(KeyStubPlan plan, string file)
    {
        KeyStubCode code = KeyStubAssembler.Assemble(plan);
        var entries = new Dictionary<int, string> { [code.Open] = "open", [code.OpenRead] = "open_read", [code.Close] = "close", [code.Read] = "read" };
        StubListing.AssertReviewed(StubListing.Format(code.Bytes, entries), file);
    }
}
