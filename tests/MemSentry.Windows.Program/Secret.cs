using System.Runtime.CompilerServices;

namespace MemSentry.Windows.Program;

/// <summary>The region that all facts are about, and the whitelisted members that touch it in all the ways that .NET knows.</summary>
public static class Secret
{
    /// <summary>The region.</summary>
    internal static readonly SafeRegion Key = SafeRegion.Allocate(64, new() { Name = "key" });

    /// <summary>Where it is: an attacker knows.</summary>
    internal static unsafe nint Address => (nint)Key.Pointer;

    /// <summary>Reads it, and only that.</summary>
    [SafeRegionAccess(RegionAccess.Read)]
    internal static unsafe byte Read(int index) => Key.Pointer[index];

    /// <summary>Runs somebody else's code between two accesses.</summary>
    [SafeRegionAccess]
    internal static unsafe byte Around(Action foreign)
    {
        Key.Pointer[1]++;
        foreign();
        return Key.Pointer[1];
    }

    /// <summary>A fault of the processor inside a window, handled there.</summary>
    [SafeRegionAccess]
    internal static unsafe byte HandleNull(int[]? nothing)
    {
        byte before = Key.Pointer[0];
        try
        {
            return (byte)(before + nothing!.Length);
        }
        catch (NullReferenceException)
        {
            return Key.Pointer[0];
        }
        finally
        {
            Key.Pointer[2]++;
        }
    }

    /// <summary>The same in a filter.</summary>
    [SafeRegionAccess]
    internal static unsafe byte FilterDivision(int divisor)
    {
        byte before = Key.Pointer[0];
        try
        {
            return (byte)(before / divisor);
        }
        catch (DivideByZeroException) when (Key.Pointer[0] == before)
        {
            return Key.Pointer[0];
        }
    }

    /// <summary>An exception of the member's own leaves it.</summary>
    [SafeRegionAccess]
    internal static unsafe byte Throw() => Key.Pointer[0] == 0 ? (byte)0 : throw new InvalidOperationException("on purpose");

    /// <summary>One of the processor's leaves it, through a finally block that touches the region.</summary>
    [SafeRegionAccess]
    internal static unsafe byte Fault(int[]? nothing)
    {
        try
        {
            return (byte)(Key.Pointer[0] + nothing!.Length);
        }
        finally
        {
            Key.Pointer[3]++;
        }
    }

    /// <summary>One that the framework throws in the middle of the window leaves it: no signal, with which the kernel would close all keys.</summary>
    [SafeRegionAccess]
    internal static byte Overrun(int index) => Key.Span[index];

    /// <summary>Suspended in the middle.</summary>
    [SafeRegionAccess]
    internal static async Task<int> Await(Task until)
    {
        int sum = Read(0) + Key.GetReference<byte>();
        await until.ConfigureAwait(false);
        return sum + Key.GetReference<byte>();
    }

    /// <summary>Suspended by an awaiter of the attacker's.</summary>
    [SafeRegionAccess]
    internal static async Task<int> AwaitForeign(ForeignAwaitable foreign)
    {
        int sum = Key.GetReference<byte>();
        await foreign;
        return sum + Key.GetReference<byte>();
    }

    /// <summary>Suspended again and again.</summary>
    [SafeRegionAccess]
    internal static IEnumerable<byte> Iterate()
    {
        for (int i = 0; i < 4; i++)
        {
            yield return (byte)(At(i) + Key.GetReference<byte>() - At(0));
        }
    }

    /// <summary>A lambda and a local function that the attacker may call whenever he likes.</summary>
    [SafeRegionAccess]
    internal static unsafe byte Lambdas(Action<Func<int, byte>> foreign)
    {
        byte own = Local(0);
        foreign(i => At(i));
        return (byte)(own + Key.Pointer[0]);

        static unsafe byte Local(int i) => Key.Pointer[i];
    }

    /// <summary>The first to touch a class whose static constructor is somebody else's.</summary>
    [SafeRegionAccess]
    internal static unsafe int TouchForeignClass() => Key.Pointer[0] + ForeignClass.Value;

    /// <summary>A window that is open as long as the caller likes.</summary>
    [SafeRegionAccess]
    internal static unsafe byte Hold(int* flags)
    {
        Volatile.Write(ref flags[0], 1);
        byte value = Key.Pointer[0];
        while (Volatile.Read(ref flags[1]) == 0)
        {
            value = Key.Pointer[0];
        }

        return value;
    }

    /// <summary>Recursive through somebody else's code.</summary>
    [SafeRegionAccess]
    internal static unsafe int Recurse(int depth, Func<int, int> foreign) => depth == 0 ? Key.Pointer[0] : foreign(depth - 1) + Key.Pointer[0];

    [SafeRegionAccess]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe byte At(int i) => Key.Pointer[i];
}
