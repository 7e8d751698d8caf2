using System;
using System.Runtime.InteropServices;
using MemSentry.Attacks.Outside;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Pointers that leave for native or unwoven code.</summary>
public static unsafe class Escaping
{
    private delegate ulong Reader(ulong* pointer);

    private delegate void Writer(ulong* pointer, ulong value);

    [EscapeAttack("call", FatalOnNull = true)]
    public static ulong PInvokeSource(nint address)
    {
        ulong copy = 0;
        Native.Copy(&copy, (void*)address, sizeof(ulong));
        return copy;
    }

    [EscapeAttack("call", FatalOnNull = true)]
    public static void PInvokeDestination(nint address, ulong value) => Native.Copy((void*)address, &value, sizeof(ulong));

    [EscapeAttack("call", FatalOnNull = true)]
    public static ulong PInvokeWithNativeInt(nint address)
    {
        ulong copy = 0;
        Native.CopyNumbers((nint)(&copy), address, sizeof(ulong));
        return copy;
    }

    [ConversionAttack("call", FatalOnNull = true)]
    public static ulong PInvokeWithReference(nint address)
    {
        ulong copy = 0;
        Native.CopyReferences(ref copy, ref *(ulong*)address, sizeof(ulong));
        return copy;
    }

    [EscapeAttack("calli", FatalOnNull = true)]
    public static ulong UnmanagedFunctionPointerSource(nint address)
    {
        ulong copy = 0;
        var function = (delegate* unmanaged[Cdecl]<void*, void*, nuint, void*>)Native.CopyFunction;
        function(&copy, (void*)address, sizeof(ulong));
        return copy;
    }

    [EscapeAttack("calli", FatalOnNull = true)]
    public static void UnmanagedFunctionPointerDestination(nint address, ulong value)
    {
        var function = (delegate* unmanaged[Cdecl]<void*, void*, nuint, void*>)Native.CopyFunction;
        function((void*)address, &value, sizeof(ulong));
    }

    [EscapeAttack("ldftn calli")]
    public static ulong ManagedFunctionPointer(nint address)
    {
        delegate*<ulong*, ulong> function = &Outsider.Read;
        return function((ulong*)address);
    }

    [EscapeAttack("ldftn calli")]
    public static void ManagedFunctionPointerThatWrites(nint address, ulong value)
    {
        delegate*<nint, ulong, void> function = &Outsider.WriteAt;
        function(address, value);
    }

    [EscapeAttack("callvirt")]
    public static ulong DelegateInvocation(nint address)
    {
        Reader reader = Outsider.Read;
        return reader((ulong*)address);
    }

    [EscapeAttack("callvirt")]
    public static void DelegateInvocationThatWrites(nint address, ulong value)
    {
        Writer writer = Outsider.Write;
        writer((ulong*)address, value);
    }

    [EscapeAttack("callvirt")]
    public static ulong FrameworkDelegateWithNumber(nint address)
    {
        Func<nint, ulong> reader = Outsider.ReadAt;
        return reader(address);
    }

    [EscapeAttack("call")]
    public static ulong UnwovenMember(nint address) => Outsider.Read((ulong*)address);

    [EscapeAttack("call")]
    public static void UnwovenMemberThatWrites(nint address, ulong value) => Outsider.Write((ulong*)address, value);

    [LoadAttack("call")]
    public static ulong FrameworkMember(nint address) => (ulong)Marshal.ReadInt64(address);

    [StoreAttack("call")]
    public static void FrameworkMemberThatWrites(nint address, ulong value) => Marshal.WriteInt64(address, (long)value);

    [ConversionAttack("call")]
    public static ulong SpanOverRegion(nint address) => new ReadOnlySpan<byte>((void*)address, 8)[5];

    [EscapeAttack("newobj")]
    public static ulong ObjectThatRemembersThePointer(nint address) => new Outsider((ulong*)address).ReadKept();

    private static class Native
    {
        internal static readonly nint CopyFunction = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "memcpy");

        [DllImport("libc", EntryPoint = "memcpy")]
        internal static extern void* Copy(void* destination, void* source, nuint length);

        [DllImport("libc", EntryPoint = "memcpy")]
        internal static extern nint CopyNumbers(nint destination, nint source, nuint length);

        [DllImport("libc", EntryPoint = "memcpy")]
        internal static extern nint CopyReferences(ref ulong destination, ref ulong source, nuint length);
    }
}
