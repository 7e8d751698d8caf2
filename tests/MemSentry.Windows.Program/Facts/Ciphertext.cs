using System.Runtime.CompilerServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>What is special about crypt: a window decrypts what is asked for in it, and everybody may read and write what is closed.</summary>
internal static unsafe class Ciphertext
{
    private const int HeaderLength = 64;

    private static readonly SafeRegion Other = SafeRegion.Allocate(64, new() { Name = "other" });
    private static readonly SafeRegion Vault = SafeRegion.Allocate(64, new() { Name = "vault", Domain = "vault" });
    private static readonly SafeRegion Untagged = SafeRegion.Allocate(64, new() { Name = "untagged", IsAuthenticated = false });

    /// <summary>Two regions of one domain: only the one that is asked for is opened, and each close makes another ciphertext.</summary>
    public static int Run()
    {
        nint address = Secret.Address;
        nint other = (nint)Other.Pointer;
        (ulong First, ulong Second) closed = (*(ulong*)address, *(ulong*)(address + 8));
        bool isOtherClosed = StaysClosedDuringWindow(other);
        (ulong First, ulong Second) closedAgain = (*(ulong*)address, *(ulong*)(address + 8));
        int sum = UseHelper();
        Probe.Look("the other region", other);
        Probe.Look("what follows");
        Console.WriteLine(
            $"the other region stays closed: {isOtherClosed}, the next ciphertext differs: {closed != closedAgain}, " +
            $"through a helper: {sum}, from another domain: {(IsTextForWrongDomain() ? "text" : "ciphertext")}");
        return isOtherClosed && closed != closedAgain && sum == 5 ? Probe.Verdict(atLeast: 2) : 3;
    }

    /// <summary>Writes where everybody may write, at a time when the region is closed, and has a whitelisted member look at it.</summary>
    public static int Overwrite(string what)
    {
        var key = (byte*)Secret.Address;
        byte* header = key - HeaderLength;
        if (what == "older state")
        {
            byte[] older = new Span<byte>(header, HeaderLength + 64).ToArray();
            _ = Secret.Around(() => { });
            older.CopyTo(new Span<byte>(header, HeaderLength + 64));
        }
        else
        {
            *(what switch
            {
                "ciphertext" => key + 7,
                "nonce" => header + 16,
                _ => header + 4,
            }) ^= 1;
        }

        Console.WriteLine("written");
        Console.WriteLine($"read {Secret.Read(0)}");
        return 1;
    }

    /// <summary>Without authentication, a bit of the ciphertext is a bit of the text.</summary>
    public static int OverwriteWithoutTag()
    {
        *(byte*)Untagged.Pointer ^= 1;
        Console.WriteLine($"read {ReadUntagged()}");
        return 0;
    }

    /// <summary>A limit: an address that was not asked for in the window leads to ciphertext.</summary>
    public static int KeepPointer()
    {
        var pointer = (byte*)Secret.Address;
        bool isText = IsTextAt(pointer);
        Console.WriteLine($"a pointer from outside of the window leads to {(isText ? "text" : "ciphertext")}");
        return 0;
    }

    public static int AllocateTooMuch()
    {
        foreach (SafeRegionOptions options in (SafeRegionOptions[])[new(), new() { MaxRegionSize = 100 }])
        {
            try
            {
                _ = SafeRegion.Allocate((nuint)options.MaxRegionSize + 1, options);
                return 1;
            }
            catch (SafeRegionException e)
            {
                Console.WriteLine(e.Message);
            }
        }

        try
        {
            _ = SafeRegion.Allocate(64, new() { Alignment = 8192 });
            return 1;
        }
        catch (ArgumentOutOfRangeException e)
        {
            Console.WriteLine($"no {e.ParamName} of {e.ActualValue}");
        }

        return 0;
    }

    /// <summary>A region that ends in the middle of a window, and its place that another one gets.</summary>
    public static int DisposeInWindow()
    {
        // More than the quarantine holds, so that places are used again.
        for (int i = 0; i < 1500; i++)
        {
            Replace();
        }

        Probe.Look("what follows");
        return Secret.Read(1) == 4 ? Probe.Verdict(atLeast: 1) : 3;
    }

    [SafeRegionAccess]
    private static void Replace()
    {
        SafeRegion region = SafeRegion.Allocate(64);
        region.Pointer[0] = 3;
        Secret.Key.Pointer[1] = region.Pointer[0];
        region.Dispose();
        Secret.Key.Pointer[1]++;
    }

    /// <summary>Looks while another thread has the key open.</summary>
    private static bool StaysClosedDuringWindow(nint other)
    {
        int* flags = stackalloc int[2];
        nint shared = (nint)flags;
        var holder = new Thread(() => Secret.Hold((int*)shared));
        holder.Start();
        while (Volatile.Read(ref flags[0]) == 0 || !Probe.IsOpen(Secret.Address))
        {
            Thread.Yield();
        }

        bool isOtherClosed = !Probe.IsOpen(other);
        Volatile.Write(ref flags[1], 1);
        holder.Join();
        return isOtherClosed;
    }

    /// <summary>A window of the default domain decrypts nothing of another one.</summary>
    [SafeRegionAccess]
    private static bool IsTextForWrongDomain()
    {
        byte* vault = Vault.Pointer;
        byte different = 0;
        for (int i = 16; i < 32; i++)
        {
            different |= (byte)(vault[i] ^ vault[16]);
        }

        return different == 0;
    }

    /// <summary>The helper's window is inside of this one, and what it asked for stays open.</summary>
    [SafeRegionAccess]
    private static int UseHelper()
    {
        byte* other = OtherBytes();
        *other = 5;
        return *other;
    }

    [SafeRegionAccess]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* OtherBytes() => Other.Pointer;

    [SafeRegionAccess]
    private static byte ReadUntagged() => *Untagged.Pointer;

    [SafeRegionAccess]
    private static bool IsTextAt([AcceptsSafeRegion] byte* pointer) => Probe.IsText((nint)pointer);
}
