using System.Collections;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>Code of others that a whitelisted member calls: delegates, virtual members, comparers, disposal.</summary>
internal static unsafe class Callees
{
    public static int Run()
    {
        _ = Secret.Around(() => Probe.Look("a delegate"));
        Use(new Foreign());
        Probe.Look("what follows");
        return Probe.Verdict(atLeast: 6);
    }

    [SafeRegionAccess]
    private static void Use(Foreign foreign)
    {
        byte first = *Secret.Key.Pointer;
        using (foreign)
        {
            first += (byte)((IEnumerable)foreign).GetHashCode();
            first += *Secret.Key.Pointer;
        }

        Array.Sort(new Foreign[2] { foreign, new() }, foreign);
        Secret.Key.Pointer[9] = first;
        Secret.Key.Pointer[10] = (byte)$"{foreign}".Length;
    }

    private sealed class Foreign : IDisposable, IEnumerable, IComparer<Foreign>
    {
        public void Dispose() => Probe.Look("Dispose");

        public IEnumerator GetEnumerator() => throw new NotSupportedException();

        public int Compare(Foreign? x, Foreign? y)
        {
            Probe.Look("a comparer");
            return 0;
        }

        public override int GetHashCode()
        {
            Probe.Look("GetHashCode");
            return 0;
        }

        public override string ToString()
        {
            Probe.Look("ToString");
            return "";
        }
    }
}
