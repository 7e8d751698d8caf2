using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>
/// Members that native code calls, with references that nobody in woven code has proven. The address travels as a plain number, and the native caller
/// makes the reference of it.
/// </summary>
public static unsafe class Callbacks
{
    private static readonly Reader Read = ReadBehind;
    private static readonly Writer Write = WriteBehind;
    private static readonly Reader ReadOfInstance = new Receiver().Read;
    private static readonly Reader ReadVirtually = new Base.Derived().ReadLater();

    private delegate ulong Reader(ref ulong reference);

    private delegate void Writer(ref ulong reference, ulong value);

    [LoadAttack("ldind.i8", IsCaught = true, FatalOnNull = true)]
    public static ulong ReferenceFromNativeCode(nint address) =>
        Outsider.CallNative(Marshal.GetFunctionPointerForDelegate(Read), (long)address);

    [StoreAttack("stind.i8", IsCaught = true, FatalOnNull = true)]
    public static void ReferenceFromNativeCodeThatIsWritten(nint address, ulong value) =>
        Outsider.CallNative(Marshal.GetFunctionPointerForDelegate(Write), (long)address, value);

    [LoadAttack("ldind.i8", IsCaught = true, FatalOnNull = true)]
    public static ulong ReferenceFromNativeCodeToInstance(nint address) =>
        Outsider.CallNative(Marshal.GetFunctionPointerForDelegate(ReadOfInstance), (long)address);

    // ldvirtftn names the base's member; the override is what runs.
    [LoadAttack("ldind.i8", IsCaught = true, FatalOnNull = true)]
    public static ulong ReferenceFromNativeCodeToOverride(nint address) =>
        Outsider.CallNative(Marshal.GetFunctionPointerForDelegate(ReadVirtually), (long)address);

    [LoadAttack("ldind.i8", IsCaught = true, FatalOnNull = true)]
    public static ulong PointerFromNativeCode(nint address)
    {
        delegate* unmanaged<ulong*, ulong> function = &ReadPointer;
        return Outsider.CallNative((nint)function, (long)address);
    }

    // No exception crosses native frames, so every callback keeps its own.
    [Accomplice]
    private static ulong ReadBehind(ref ulong reference)
    {
        try
        {
            return reference;
        }
        catch (MemSentry.SafeRegionViolationException)
        {
            return 0;
        }
    }

    [Accomplice]
    private static void WriteBehind(ref ulong reference, ulong value)
    {
        try
        {
            reference = value;
        }
        catch (MemSentry.SafeRegionViolationException)
        {
        }
    }

    [Accomplice, UnmanagedCallersOnly]
    private static ulong ReadPointer(ulong* pointer)
    {
        try
        {
            return *pointer;
        }
        catch (MemSentry.SafeRegionViolationException)
        {
            return 0;
        }
    }

    private sealed class Receiver
    {
        [Accomplice]
        public ulong Read(ref ulong reference)
        {
            try
            {
                return reference;
            }
            catch (MemSentry.SafeRegionViolationException)
            {
                return 0;
            }
        }
    }

    private abstract class Base
    {
        public Reader ReadLater() => Read;

        protected abstract ulong Read(ref ulong reference);

        internal sealed class Derived : Base
        {
            [Accomplice]
            protected override ulong Read(ref ulong reference)
            {
                try
                {
                    return reference;
                }
                catch (MemSentry.SafeRegionViolationException)
                {
                    return 0;
                }
            }
        }
    }
}
