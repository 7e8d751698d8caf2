using MemSentry.Crypt;
using MemSentry.Native.Crypt;

namespace MemSentry.Native.Probe.Crypt;

/// <summary>Closes that cannot be done: in a copy of the code, in which one instruction is another one.</summary>
internal static unsafe class FailingClose
{
    private const int Length = 32;

    /// <summary>rdrand rax and rdrand rdx; then what clears the register and the carry, and what sets all bits and the carry.</summary>
    private static readonly byte[][] Draws = [[0x48, 0x0f, 0xc7, 0xf0], [0x48, 0x0f, 0xc7, 0xf2]];
    private static readonly byte[][] Failures = [[0x31, 0xc0, 0xf8, 0x90], [0x31, 0xd2, 0xf8, 0x90]];

    /// <summary>stc and sbb with itself.</summary>
    private static readonly byte[][] Ones = [[0xf9, 0x48, 0x19, 0xc0], [0xf9, 0x48, 0x19, 0xd2]];

    public static int Run(string failure)
    {
        _ = CryptPages.Create(Length, out CryptPages pages);
        _ = TagPlaces.Take(out TagPlace place);
        var plan = new CryptStubPlan
        {
            Form = CipherForms.Best(ProcessorFacts.Read())!.Value,
            Header = pages.Start,
            Address = pages.Region,
            Length = Length,
            Tag = failure == "descriptor" ? place with { File = -1 } : place,
        };
        StubCode code = CryptStubAssembler.Assemble(plan);
        int replaced = failure switch
        {
            "no-number" => Replace(code.Bytes, Failures),
            "all-ones" => Replace(code.Bytes, Ones),
            _ => 0,
        };
        Console.WriteLine($"{replaced} instructions replaced");
        _ = RegionSecrets.CreateStubs(plan, code, out CryptStubs? stubs);
        CryptResult result = stubs!.Close();
        Console.WriteLine($"{result}, readers {((CryptHeader*)plan.Header)->Count}, lock {((CryptHeader*)plan.Header)->Lock}");
        CryptFailure.Raise(result, "signing keys");
        return 0;
    }

    private static int Replace(byte[] code, byte[][] by)
    {
        int replaced = 0;
        for (int i = 0; i < Draws.Length; i++)
        {
            for (int at = code.AsSpan().IndexOf(Draws[i]); at >= 0; at = code.AsSpan().IndexOf(Draws[i]))
            {
                by[i].CopyTo(code.AsSpan(at));
                replaced++;
            }
        }

        return replaced;
    }
}
