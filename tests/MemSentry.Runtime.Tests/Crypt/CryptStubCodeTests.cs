using Iced.Intel;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>The stubs' machine code, as the decoder reads it.</summary>
[TestFixture]
internal sealed class CryptStubCodeTests
{
    private static readonly CryptStubPlan Plan = new()
    {
        Form = CipherForm.Single,
        Header = 0x7f0000000000,
        Address = 0x7f0000000040,
        Length = 20,
        Tag = new TagPlace(0x7f1000000010, File: 5, Offset: 16),
    };

    private static IEnumerable<CryptStubPlan> Plans =>
        from form in Forms.All
        from length in (int[])[1, 20, 300]
        from tag in (TagPlace?[])[null, Plan.Tag]
        select Plan with { Form = form, Length = length, Tag = tag };

    /// <summary>Read the difference before you accept it: the file holds the stubs of 20 bytes as they were reviewed, with names for the secrets.</summary>
    [Test]
    public void The_listing_is_the_reviewed_one()
    {
        StubCode code = CryptStubAssembler.Assemble(Plan);
        var secrets = code.Secrets.Where(secret => !secret.IsHigh).ToDictionary(secret => secret.Offset, secret => Name(secret.Block));

        StubListing.AssertReviewed(
            StubListing.Format(code.Bytes, new Dictionary<int, string> { [code.Entries[0]] = "open", [code.Entries[1]] = "close" }, secrets),
            "Crypt/CryptStubs.listing.txt");
    }

    /// <summary>The pages may be closed to reads, and no pointer out of memory may be followed.</summary>
    [TestCaseSource(nameof(Plans))]
    public void They_read_only_at_addresses_that_are_in_the_code(object plan)
    {
        foreach (Instruction instruction in Decode(plan))
        {
            for (int i = 0; i < instruction.OpCount; i++)
            {
                Assert.That(
                    instruction.GetOpKind(i) != OpKind.Memory || instruction.MemoryBase is Register.RSI or Register.RDI or Register.R8 or Register.RSP,
                    instruction.ToString());
            }

            bool loadsBase = instruction.OpCount == 2 && instruction.Op0Kind == OpKind.Register && instruction.Op1Kind == OpKind.Memory
                && instruction.Op0Register is Register.RSI or Register.RDI;
            Assert.That(loadsBase, Is.False, instruction.ToString());
            Assert.That(instruction.Mnemonic, Is.Not.EqualTo(Mnemonic.INVALID));
        }
    }

    [TestCaseSource(nameof(Plans))]
    public void They_return_with_clear_registers_and_no_other_way(object plan)
    {
        List<Instruction> instructions = Decode(plan);
        string[] clearing = ["vzeroall", .. ((string[])["ecx", "edx", "esi", "edi", "r8d", "r9d", "r10d", "r11d"]).Select(register => $"xor {register},{register}")];
        int returns = 0;
        for (int i = 0; i < instructions.Count; i++)
        {
            Assert.That(
                instructions[i].FlowControl is FlowControl.Next or FlowControl.UnconditionalBranch or FlowControl.ConditionalBranch or FlowControl.Return
                || instructions[i].Mnemonic == Mnemonic.Syscall,
                instructions[i].ToString());
            if (instructions[i].FlowControl == FlowControl.Return)
            {
                returns++;
                Assert.That(instructions[(i - clearing.Length)..i].Select(instruction => instruction.ToString()), Is.EqualTo(clearing));
            }
        }

        Assert.That(returns, Is.EqualTo(2));
    }

    /// <summary>Instructions of 512 bits, or on the registers above 15, would leave what vzeroall does not clear.</summary>
    [TestCaseSource(nameof(Plans))]
    public void They_use_no_register_that_is_not_cleared(object plan)
    {
        foreach (Instruction instruction in Decode(plan))
        {
            Assert.That(instruction.Encoding, Is.EqualTo(EncodingKind.Legacy).Or.EqualTo(EncodingKind.VEX), instruction.ToString());
            for (int i = 0; i < instruction.OpCount; i++)
            {
                Assert.That(
                    instruction.GetOpKind(i) != OpKind.Register
                    || instruction.GetOpRegister(i).GetFullRegister() is not (Register.RBX or Register.RBP or Register.R12 or Register.R13 or Register.R14 or Register.R15),
                    instruction.ToString());
            }
        }
    }

    /// <summary>What is stored outside the region is never a key: secrets go through rax into xmm9 (keys) or xmm15 (the second power of a pair).</summary>
    [TestCaseSource(nameof(Plans))]
    public void Secrets_go_from_code_to_registers_only(object plan)
    {
        StubCode code = CryptStubAssembler.Assemble((CryptStubPlan)plan);
        List<Instruction> instructions = StubListing.Decode(code.Bytes);
        HashSet<int> secrets = [.. code.Secrets.Select(secret => secret.Offset)];
        int found = 0;
        for (int i = 0; i < instructions.Count; i++)
        {
            if (secrets.Contains((int)instructions[i].IP + instructions[i].Length - sizeof(ulong)))
            {
                found++;
                Assert.That(instructions[i].Op0Register, Is.EqualTo(Register.RAX));
                Assert.That(instructions[i + 1].Mnemonic, Is.EqualTo(Mnemonic.Vmovq).Or.EqualTo(Mnemonic.Vpinsrq));
                Assert.That(instructions[i + 1].Op0Register, Is.EqualTo(Register.XMM9).Or.EqualTo(Register.XMM15));
            }

            Assert.That(
                instructions[i].Op0Kind != OpKind.Memory || instructions[i].Op1Kind != OpKind.Register || instructions[i].Op1Register.GetFullRegister() is not (Register.ZMM9 or Register.ZMM15),
                instructions[i].ToString());
        }

        Assert.That(found, Is.EqualTo(code.Secrets.Count).And.GreaterThan(0));
    }

    [Test]
    public void A_length_that_would_repeat_counters_is_refused() =>
        Assert.That(() => CryptStubAssembler.Assemble(Plan with { Length = CryptLimits.MostBytes + 1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static List<Instruction> Decode(object plan) => StubListing.Decode(CryptStubAssembler.Assemble((CryptStubPlan)plan).Bytes);

    private static string Name(int block) => block switch
    {
        < SecretLayout.Tag => $"cipher{block}",
        < SecretLayout.Tag + SecretLayout.RoundKeys => $"tag{block - SecretLayout.Tag}",
        _ => $"power{block - SecretLayout.Power(1) + 1}",
    };
}
