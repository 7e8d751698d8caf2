namespace MemSentry.Cli.Tests;

/// <summary>A library with one of each: checked, proven, marked and whitelisted accesses, and callers of trusted members of every sort.</summary>
internal static class ReviewedLibrary
{
    private const string Source =
        """
        using MemSentry;
        using System;

        namespace Codec;

        public static unsafe class Parser
        {
            public static byte Peek(byte* packet, long offset) => packet[offset];
            public static byte Peek(byte* packet) => *packet;
            public static void Clear(out int value) => value = 0;
            public static long Marked(long* where) { MemSentryMarkers.SafeRegionAccess(); return *where; }
        }

        public interface IKeys { byte First(); }

        public sealed unsafe class Keys : IKeys
        {
            internal static byte* Where;
            [SafeRegionAccess] public byte First() => *Where;
            [SafeRegionAccess] internal static void Store(byte value) => *Where = value;
            [SafeRegionAccess] private static byte Unused() => 7;
        }

        public static class Callers
        {
            public static void Direct(byte value) => Keys.Store(value);
            public static byte ThroughInterface(IKeys keys) => keys.First();
            public static Action<byte> AsDelegate() => Keys.Store;
        }
        """;

    public static string In(WorkFolder folder)
    {
        string runtime = folder["MemSentry.Runtime.dll"];
        File.Copy(Path.Combine(AppContext.BaseDirectory, "MemSentry.Runtime.dll"), runtime);
        return folder.Library("Codec", Source, runtime, Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Runtime.dll"));
    }
}
