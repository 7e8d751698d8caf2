using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Ways to read a byte, or to write one, at an address that an attacker has chosen: by code that is not whitelisted, not woven, or not managed.</summary>
internal static unsafe partial class Attacks
{
    private const byte Written = 0x5b;

    private static readonly Dictionary<string, Func<nint, int>> Ways = new()
    {
        ["pointer-load"] = a => *(byte*)a,
        ["pointer-store"] = a => *(byte*)a = Written,
        ["reference"] = a => Unsafe.AsRef<byte>((void*)a),
        ["displaced-reference"] = a => Unsafe.AddByteOffset(ref Unsafe.AsRef<byte>((void*)(a - (1 << 30))), (nint)1 << 30),
        ["span"] = a => new Span<byte>((void*)a, 1).ToArray()[0],
        ["span-fill"] = a => Filled(new Span<byte>((void*)a, 1)),
        ["block-copy"] = a => Copied(a),
        ["vector"] = a => Vector128.Load((byte*)a).ToScalar(),
        ["marshal"] = a => Marshal.ReadByte(a),
        ["marshal-copy"] = a => Marshalled(a),
        ["string"] = a => Encoding.Latin1.GetString((byte*)a, 1)[0],
        ["forged-array"] = a => Forged(a),
        ["comparison"] = a => new ReadOnlySpan<byte>((void*)a, 1).SequenceEqual(new byte[] { 1 }) ? 1 : 2,
        ["native-copy"] = a => NativelyCopied(a),
        ["function-pointer"] = a => ((delegate*<nint, int>)&Read)(a),
    };

    /// <summary>Attacks ordinary memory, or the region.</summary>
    public static int Run(string name, string target)
    {
        byte* ordinary = (byte*)NativeMemory.AllocZeroed(64);
        *ordinary = 1;

        // The first element of an array that starts there.
        ordinary[2 * sizeof(nint)] = 1;
        Console.WriteLine($"got {Ways[name](target == "region" ? Secret.Address : (nint)ordinary)}");
        return 0;
    }

    private static int Read(nint address) => *(byte*)address;

    private static int Filled(Span<byte> span)
    {
        span.Fill(Written);
        return Written;
    }

    private static int Copied(nint address)
    {
        byte copy;
        Unsafe.CopyBlock(&copy, (void*)address, 1);
        return copy;
    }

    private static int Marshalled(nint address)
    {
        byte[] copy = new byte[1];
        Marshal.Copy(address, copy, 0, 1);
        return copy[0];
    }

    private static int NativelyCopied(nint address)
    {
        byte copy;
        Copy((nint)(&copy), address, 1);
        return copy;
    }

    /// <summary>A reference to an array that the attacker has written over: ordinary C# code then reads an element of what lies there.</summary>
    private static int Forged(nint address) => MemoryMarshal.GetArrayDataReference(Unsafe.As<nint, byte[]>(ref address));

    [LibraryImport("libc", EntryPoint = "memcpy")]
    private static partial nint Copy(nint to, nint from, nuint length);
}
