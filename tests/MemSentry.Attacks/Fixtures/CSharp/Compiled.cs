using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace MemSentry.Attacks.Fixtures;

/// <summary>Bodies that move into a class of the compiler's.</summary>
internal static class Asynchronous
{
    [Accomplice]
    public static async Task<ulong> Read(nint address)
    {
        ulong before;
        unsafe
        {
            ulong local = 1;
            before = *&local;
        }

        await Task.Yield();
        unsafe
        {
            return *(ulong*)address * before;
        }
    }

    [Accomplice]
    public static async Task Write(nint address, ulong value)
    {
        await Task.Yield();
        try
        {
            await Task.CompletedTask;
        }
        finally
        {
            unsafe
            {
                *(ulong*)address = value;
            }
        }
    }
}

internal static class Sequences
{
    [Accomplice]
    public static IEnumerable<ulong> Read(nint address)
    {
        unsafe
        {
            ulong seen = *(ulong*)address;
        }

        ulong result;
        unsafe
        {
            result = *(ulong*)address;
        }

        yield return result;
    }

    [Accomplice]
    public static IEnumerable<ulong> Write(nint address, ulong value)
    {
        yield return 0;
        unsafe
        {
            *(ulong*)address = value;
        }

        yield return 1;
    }

    [Accomplice]
    public static async IAsyncEnumerable<ulong> ReadLater(nint address)
    {
        await Task.Yield();
        ulong result;
        unsafe
        {
            result = *(ulong*)address;
        }

        yield return result;
    }
}

internal static unsafe class Held
{
    public static readonly Func<ulong, ulong> Reader = Read;

    [Accomplice]
    private static ulong Read(ulong address) => *(ulong*)address;
}
