using System.Formats.Tar;
using System.Numerics;
using System.Runtime.CompilerServices;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>The JIT compiles a member at its first call, and tells observers about assemblies that it needs for that: they run on the thread of the call.</summary>
internal static unsafe class FirstCalls
{
    /// <summary>Not taken from the type: nothing but the whitelisted bodies may need it.</summary>
    private const int ComplexLength = 16;

    public static int Run()
    {
        var loaded = new List<string>();
        AppDomain.CurrentDomain.AssemblyLoad += (_, loading) =>
        {
            loaded.Add(loading.LoadedAssembly.GetName().Name!);
            Probe.Look("an observer of assemblies");
        };
        int size = Measure();
        Probe.Look("what follows");
        return size >= ComplexLength && loaded.Contains("System.Runtime.Numerics") && loaded.Contains("System.Formats.Tar") ? Probe.Verdict(atLeast: 3) : 3;
    }

    /// <summary>Its body, and that of the member whose twin it calls, need assemblies that nothing has needed before.</summary>
    [SafeRegionAccess]
    private static int Measure() => Secret.Key.Pointer[0] + sizeof(Complex) + MeasureMore();

    [SafeRegionAccess]
    private static int MeasureMore() => Secret.Key.Pointer[0] + Unsafe.SizeOf<TarEntryType>() - Unsafe.SizeOf<byte>();
}
