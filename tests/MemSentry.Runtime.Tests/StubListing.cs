using System.Globalization;
using Iced.Intel;

namespace MemSentry.Runtime.Tests;

/// <summary>Machine code as the decoder reads it.</summary>
internal static class StubListing
{
    /// <summary>All instructions, at addresses that start with 0.</summary>
    public static List<Instruction> Decode(byte[] code)
    {
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(code), 0);
        var instructions = new List<Instruction>();
        while (decoder.IP < (ulong)code.Length)
        {
            instructions.Add(decoder.Decode());
        }

        return instructions;
    }

    /// <summary>Asserts of stubs that they call nobody, touch no memory, and leave alone what their callers expect to find again.</summary>
    public static void AssertHarmless(IEnumerable<Instruction> stubs)
    {
        foreach (Instruction instruction in stubs)
        {
            Assert.That(instruction.FlowControl is FlowControl.IndirectBranch or FlowControl.IndirectCall or FlowControl.Call, Is.False, instruction.ToString());
            for (int i = 0; i < instruction.OpCount; i++)
            {
                Assert.That(instruction.GetOpKind(i), Is.Not.EqualTo(OpKind.Memory), instruction.ToString());
                Assert.That(
                    instruction.GetOpKind(i) == OpKind.Register
                    && instruction.GetOpRegister(i).GetFullRegister() is Register.RBX or Register.RBP or Register.RSP or Register.R12 or Register.R13 or Register.R14 or Register.R15,
                    Is.False,
                    instruction.ToString());
            }
        }
    }

    /// <summary>One line for each instruction; targets of branches and entries have their offset before them.</summary>
    /// <param name="code">The bytes.</param>
    /// <param name="entries">Offsets of what can be called, with its name.</param>
    /// <param name="secrets">What stands for two immediate operands, each moved to a half of a register by the next instruction: the four of them become one word before the instruction that uses it.</param>
    public static string Format(byte[] code, IReadOnlyDictionary<int, string> entries, IReadOnlyDictionary<int, string>? secrets = null)
    {
        FastFormatter formatter = CreateFormatter();
        var output = new FastStringOutput();
        var listing = new System.Text.StringBuilder();
        List<Instruction> instructions = Decode(code);
        HashSet<ulong> targets = [.. instructions.Select(instruction => instruction.NearBranchTarget)];
        bool isAfterSecret = false;
        for (int i = 0; i < instructions.Count; i++)
        {
            Instruction instruction = instructions[i];
            if (entries.TryGetValue((int)instruction.IP, out string? entry))
            {
                listing.Append(CultureInfo.InvariantCulture, $"{entry}:\n");
            }

            if (!isAfterSecret)
            {
                listing.Append(targets.Contains(instruction.IP) ? string.Create(CultureInfo.InvariantCulture, $"{instruction.IP:x3}:  ") : "      ");
            }

            isAfterSecret = false;
            if (secrets?.TryGetValue((int)instruction.IP + instruction.Length - sizeof(ulong), out string? secret) is true)
            {
                listing.Append(CultureInfo.InvariantCulture, $"{instructions[i + 1].Op0Register.ToString().ToLowerInvariant()} = {secret}; ");
                i += 3;
                isAfterSecret = true;
            }
            else
            {
                formatter.Format(instruction, output);
                listing.Append(output.ToString()).Append('\n');
                output.Clear();
            }
        }

        return listing.ToString();
    }

    /// <summary>Compares with the reviewed listing beside the tests.</summary>
    /// <param name="listing">Of this build.</param>
    /// <param name="file">The reviewed one, for example <c>Crypt/CryptStubs.listing.txt</c>.</param>
    public static void AssertReviewed(string listing, string file)
    {
        string actual = Path.Combine(TestContext.CurrentContext.WorkDirectory, Path.GetFileName(file).Replace(".listing.", ".actual.", StringComparison.Ordinal));
        File.WriteAllText(actual, listing);

        Assert.That(
            listing.Split('\n'), Is.EqualTo(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).Split('\n')), $"the listing of this build is in {actual}");
    }

    private static FastFormatter CreateFormatter()
    {
        var formatter = new FastFormatter();
        formatter.Options.UseHexPrefix = true;
        formatter.Options.UppercaseHex = false;
        return formatter;
    }
}
