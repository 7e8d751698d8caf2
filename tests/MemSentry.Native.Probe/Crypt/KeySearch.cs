using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MemSentry.Crypt;
using MemSentry.Native.Crypt;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Native.Probe.Crypt;

/// <summary>Looks for the keys of a region in all memory that this process can write: nobody but the code may have them.</summary>
internal static unsafe class KeySearch
{
    private const int Length = 32;
    private const int BufferLength = 1 << 20;

    /// <summary>What is looked for is never in memory as it is: it would be found.</summary>
    private const ulong Disguise = 0x5bd1e995_7a3c0f17;

    private static readonly int[] FirstBlocks = [SecretLayout.Cipher, SecretLayout.Tag, SecretLayout.Power(1)];

    public static int Run()
    {
        _ = CryptPages.Create(Length, out CryptPages pages);
        _ = TagPlaces.Take(out TagPlace place);
        var plan = new CryptStubPlan { Form = CipherForm.Single, Header = pages.Start, Address = pages.Region, Length = Length, Tag = place };
        StubCode code = CryptStubAssembler.Assemble(plan);
        _ = RegionSecrets.CreateStubs(plan, code, out CryptStubs? stubs);
        for (int i = 0; i < 1000; i++)
        {
            if (stubs!.Close() != CryptResult.Done || stubs.Open() != CryptResult.Done)
            {
                return 1;
            }
        }

        // One that can be found, to know that the search finds.
        ulong* planted = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *planted = 0x0123456789abcdef;
        using SafeFileHandle memory = File.OpenHandle("/proc/self/mem");
        ulong[] disguised =
        [
            .. FirstBlocks.Select(block => ReadCode(memory, stubs!.Address + (ulong)code.Secrets.First(s => s.Block == block && !s.IsHigh).Offset) ^ Disguise),
            *planted ^ Disguise,
        ];
        int[] found = Count(memory, disguised);
        Console.WriteLine($"keys {found[..^1].Sum()}, planted {found[^1] > 0}");
        return 0;
    }

    /// <summary>By the kernel, because where there are protection keys the code can be executed and not read.</summary>
    private static ulong ReadCode(SafeFileHandle memory, ulong address)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        return RandomAccess.Read(memory, word, (long)address) == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(word)
            : throw new InvalidOperationException($"The kernel does not read the code at 0x{address:x}.");
    }

    private static int[] Count(SafeFileHandle memory, ulong[] disguised)
    {
        int[] found = new int[disguised.Length];
        byte[] buffer = new byte[BufferLength];
        foreach (MappedRange range in MemoryMap.ReadSelf().Ranges.Where(range => range.Permissions.StartsWith("rw", StringComparison.Ordinal)))
        {
            for (ulong at = range.Start; at < range.End; at += BufferLength)
            {
                int read = Read(memory, buffer.AsSpan(0, (int)Math.Min(BufferLength, range.End - at)), (long)at);
                foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(buffer.AsSpan(0, read)))
                {
                    for (int i = 0; i < disguised.Length; i++)
                    {
                        found[i] += (word ^ Disguise) == disguised[i] ? 1 : 0;
                    }
                }
            }
        }

        return found;
    }

    private static int Read(SafeFileHandle memory, Span<byte> buffer, long address)
    {
        try
        {
            return RandomAccess.Read(memory, buffer, address);
        }
        catch (IOException)
        {
            // Pages of devices cannot be read.
            return 0;
        }
    }
}
