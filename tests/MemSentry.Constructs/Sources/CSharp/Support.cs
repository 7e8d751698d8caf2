global using System;
global using System.Buffers;
global using System.Buffers.Binary;
global using System.Collections;
global using System.Collections.Generic;
global using System.Diagnostics.CodeAnalysis;
global using System.Globalization;
global using System.IO;
global using System.Linq;
global using System.Numerics;
global using System.Runtime.CompilerServices;
global using System.Runtime.InteropServices;
global using System.Runtime.Intrinsics;
global using System.Runtime.Intrinsics.X86;
global using System.Text;
global using System.Threading;
global using System.Threading.Tasks;

namespace Constructs;

/// <summary>Native memory: the analysis knows nothing of where its addresses come from, so every access through them is checked.</summary>
internal static unsafe class Raw
{
    public static T* Of<T>(params ReadOnlySpan<T> values) where T : unmanaged
    {
        T* p = (T*)NativeMemory.AllocZeroed((nuint)(values.Length + 4), (nuint)sizeof(T));
        for (int i = 0; i < values.Length; i++)
            p[i] = values[i];
        return p;
    }

    public static byte* Text(string text) => Of<byte>([.. Encoding.UTF8.GetBytes(text), 0]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T* Opaque<T>(T* p) where T : unmanaged => p;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Opaque(int value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void* Null() => null;
}

internal static class Show
{
    public static string All(params ReadOnlySpan<object?> values)
    {
        var text = new StringBuilder();
        foreach (object? value in values)
            text.Append(text.Length > 0 ? " " : "").Append(One(value));
        return text.ToString();
    }

    public static string Fault(Action action)
    {
        try
        {
            action();
            return "nothing";
        }
        catch (Exception e)
        {
            return e.GetType().Name;
        }
    }

    private static string One(object? value) => value switch
    {
        null => "null",
        string s => s,
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable e => "[" + string.Join(",", e.Cast<object?>().Select(One)) + "]",
        _ => value.ToString() ?? "",
    };
}
