using Iced.Intel;
using MemSentry.Faults;
using MemSentry.Native.Faults;

namespace MemSentry.Runtime.Tests;

/// <summary>The handler's machine code, as the decoder reads it.</summary>
public sealed unsafe class FaultHandlerCodeTests
{
    private const ulong Address = 0x7f0000000000;
    private const ulong NextHandler = 0x7f1122334455;

    private const ulong FirstHandler = 0x7f6677889900;

    private static FaultHandlerPlan Plan => FaultPlans.Create((Allocation.ArenaHeader*)AddressSpaceLayout.ArenaStart, NextHandler, FirstHandler, order: 3);

    private static string Expected => Path.Combine(AppContext.BaseDirectory, "FaultHandler.listing.txt");

    /// <summary>Read the difference before you accept it: <c>FaultHandler.listing.txt</c> is the handler as it was reviewed.</summary>
    [Test]
    public void The_listing_is_the_reviewed_one()
    {
        string listing = List(FaultHandlerAssembler.Assemble(Plan, Address), Address);
        string actual = Path.Combine(TestContext.CurrentContext.WorkDirectory, "FaultHandler.actual.txt");
        File.WriteAllText(actual, listing);

        Assert.That(listing.Split('\n'), Is.EqualTo(File.ReadAllText(Expected).Split('\n')), $"the listing of this build is in {actual}");
    }

    [Test]
    public void It_touches_no_memory_but_frame_stack_own_text_and_arena()
    {
        foreach (Instruction instruction in Decode(FaultHandlerAssembler.Assemble(Plan, Address), Address))
        {
            for (int i = 0; i < instruction.OpCount; i++)
            {
                // lea takes an address only; the arena's count and descriptors are read through rax and r14.
                Assert.That(
                    instruction.GetOpKind(i) != OpKind.Memory || instruction.Mnemonic == Mnemonic.Lea
                    || instruction.MemoryBase is Register.RSI or Register.R13 or Register.R14 or Register.RAX,
                    instruction.ToString());
                Assert.That(
                    instruction.GetOpKind(i) != OpKind.Memory || instruction.Op0Kind != OpKind.Memory || instruction.MemoryBase == Register.RSI
                    || instruction.Mnemonic is Mnemonic.Cmp or Mnemonic.Test,
                    "writes go to the siginfo only: " + instruction);
            }

            Assert.That(instruction.Mnemonic, Is.Not.EqualTo(Mnemonic.INVALID));
        }
    }

    [Test]
    public void It_ends_only_in_the_next_handler()
    {
        IEnumerable<Instruction> indirect = Decode(FaultHandlerAssembler.Assemble(Plan, Address), Address)
            .Where(instruction => instruction.FlowControl is FlowControl.IndirectBranch or FlowControl.IndirectCall);

        Assert.That(indirect.Select(instruction => instruction.ToString()), Is.EqualTo((string[])["jmp rax"]));
    }

    [Test]
    public void Its_length_does_not_depend_on_its_address() =>
        Assert.That(FaultHandlerAssembler.Assemble(Plan, 0x550000001000).Bytes, Has.Length.EqualTo(FaultHandlerAssembler.Assemble(Plan, Address).Bytes.Length));

    [Test]
    public void A_field_that_does_not_exist_is_refused() =>
        Assert.That(() => FaultMessage.Parse("at {nowhere}"), Throws.ArgumentException);

    private static List<Instruction> Decode(FaultHandlerCode code, ulong address)
    {
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(code.Bytes, 0, code.CodeLength), address);
        var instructions = new List<Instruction>();
        while (decoder.IP < address + (ulong)code.CodeLength)
        {
            instructions.Add(decoder.Decode());
        }

        return instructions;
    }

    private static string List(FaultHandlerCode code, ulong address)
    {
        var formatter = new IntelFormatter();
        formatter.Options.HexPrefix = "0x";
        formatter.Options.HexSuffix = "";
        formatter.Options.UppercaseHex = false;
        formatter.Options.BranchLeadingZeros = false;
        formatter.Options.RipRelativeAddresses = false;
        formatter.Options.ShowBranchSize = false;
        var output = new StringOutput();
        var listing = new System.Text.StringBuilder();
        List<Instruction> instructions = Decode(code, address);
        HashSet<ulong> targets = [.. instructions.Select(instruction => instruction.NearBranchTarget)];
        foreach (Instruction instruction in instructions)
        {
            formatter.Format(instruction, output);
            listing.Append(targets.Contains(instruction.IP) ? $"{instruction.IP - address:x3}:" : "    ").Append("  ");
            listing.Append(output.ToStringAndReset().Replace($"0x{address >> 16:x}", "+0x", StringComparison.Ordinal)).Append('\n');
        }

        return listing.ToString();
    }
}
