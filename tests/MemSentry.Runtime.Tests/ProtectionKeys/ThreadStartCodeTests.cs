using Iced.Intel;
using MemSentry.Native.ThreadStarts;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>What stands before <c>pthread_create</c>, as the decoder reads it.</summary>
[TestFixture]
internal sealed class ThreadStartCodeTests
{
    private const ulong Next = 0x7f1122334455;

    [Test]
    public void The_listing_is_the_reviewed_one() => StubListing.AssertReviewed(
        StubListing.Format(ThreadStartAssembler.Assemble([3, 5], Next), new Dictionary<int, string> { [0] = "start" }), "ProtectionKeys/ThreadStart.listing.txt");

    [Test]
    public void Without_keys_it_jumps_and_does_nothing_else() =>
        Assert.That(
            StubListing.Decode(ThreadStartAssembler.Assemble([], Next)).Select(instruction => instruction.ToString()),
            Is.EqualTo((string[])["endbr64", "mov rax,7F1122334455h", "jmp rax"]));

    [Test]
    public void Every_write_is_compared_with_the_register_before_anything_else()
    {
        List<Instruction> instructions = StubListing.Decode(ThreadStartAssembler.Assemble([1, 15], Next));
        int writes = 0;
        for (int i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].Mnemonic == Mnemonic.Wrpkru)
            {
                writes++;
                Assert.That(
                    instructions.Skip(i + 1).Take(6).Select(instruction => instruction.Mnemonic),
                    Is.EqualTo((Mnemonic[])[Mnemonic.Xor, Mnemonic.Rdpkru, Mnemonic.And, Mnemonic.Cmp, Mnemonic.Je, Mnemonic.Ud2]));
            }
        }

        Assert.That(writes, Is.EqualTo(8), "close and open again, for two keys and two ways to be open");
    }

    /// <summary>What has to be opened again must not lie where an attacker could write; calls push return addresses, and nothing else is on the stack.</summary>
    [Test]
    public void It_keeps_nothing_in_memory_or_in_registers_that_callers_keep()
    {
        foreach (Instruction instruction in StubListing.Decode(ThreadStartAssembler.Assemble([1, 2, 14], Next)))
        {
            Assert.That(instruction.Mnemonic, Is.Not.AnyOf(Mnemonic.Push, Mnemonic.Pop, Mnemonic.INVALID), instruction.ToString());
            for (int i = 0; i < instruction.OpCount; i++)
            {
                Assert.That(instruction.GetOpKind(i), Is.Not.EqualTo(OpKind.Memory), instruction.ToString());
                Assert.That(
                    instruction.GetOpKind(i) == OpKind.Register
                    && instruction.GetOpRegister(i).GetFullRegister() is not (Register.RAX or Register.RCX or Register.RDX or Register.R10 or Register.R11 or Register.RSP),
                    Is.False,
                    instruction.ToString());
            }
        }
    }

    /// <summary>The only way out to pthread_create is the jump that is reached when no key is open.</summary>
    [Test]
    public void It_calls_nothing_but_itself()
    {
        List<Instruction> instructions = StubListing.Decode(ThreadStartAssembler.Assemble([1, 2], Next));

        Assert.That(instructions.Where(i => i.FlowControl == FlowControl.Call).Select(i => i.NearBranchTarget), Is.EqualTo((ulong[])[0, 0, 0, 0]));
        Assert.That(instructions.Where(i => i.FlowControl is FlowControl.IndirectBranch or FlowControl.IndirectCall).Select(i => i.ToString()), Is.EqualTo((string[])["jmp rax"]));
    }

    [TestCase(0)]
    [TestCase(16)]
    public void Key_0_and_keys_that_do_not_exist_are_refused(int key) =>
        Assert.That(() => ThreadStartAssembler.Assemble([1, key], Next), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
