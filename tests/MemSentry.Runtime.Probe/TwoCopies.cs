using System.Reflection;
using System.Runtime.Loader;
using MemSentry.CompilerServices;
using MemSentry.Native.Faults;

namespace MemSentry.Runtime.Probe;

/// <summary>A second copy of the runtime in a load context of its own, as a plug-in host would have it.</summary>
internal static unsafe class TwoCopies
{
    /// <summary>Both copies allocate, in turns; prints one line per region: copy, first byte, length.</summary>
    public static int Share(string[] arguments)
    {
        WovenModule.Start("First", AddressSpaceLayout.Version, Starting.Settings);
        Assembly second = LoadSecondCopy();
        Method(second, "MemSentry.CompilerServices.WovenModule", "Start").Invoke(null, ["Second", AddressSpaceLayout.Version, Starting.Settings]);

        var kept = new List<IDisposable>();
        for (int i = 1; i <= 200; i++)
        {
            SafeRegion own = SafeRegion.Allocate((nuint)i * 37);
            kept.Add(own);
            Console.WriteLine($"first {(ulong)own.Pointer} {own.Length}");
            var other = (IDisposable)Method(second, "MemSentry.SafeRegion", "Allocate").Invoke(null, [(nuint)i * 41, null])!;
            kept.Add(other);
            var start = (Pointer)other.GetType().GetProperty("Pointer")!.GetValue(other)!;
            Console.WriteLine($"second {(ulong)Pointer.Unbox(start)} {(nuint)i * 41}");
        }

        Console.WriteLine(MemSentryRuntime.Status);
        kept.ForEach(region => region.Dispose());
        Console.WriteLine($"left by both: {MemSentryRuntime.Status.LiveRegions}");
        return 0;
    }

    /// <summary>Only the first copy knows a woven module; the second one must find its arena.</summary>
    public static int SecondAllocatesUnwoven(string[] arguments)
    {
        WovenModule.Start("First", AddressSpaceLayout.Version, Starting.Settings);
        var region = (IDisposable)Method(LoadSecondCopy(), "MemSentry.SafeRegion", "Allocate").Invoke(null, [(nuint)64, null])!;
        Console.WriteLine($"seen by the first copy: {MemSentryRuntime.Status.LiveRegions}");
        region.Dispose();
        return 0;
    }

    /// <summary>Both copies mask: there must be one fault handler, and one report.</summary>
    public static int Mask(string[] arguments)
    {
        WovenModule.Start("First", AddressSpaceLayout.Version, Starting.MaskingSettings);
        Assembly second = LoadSecondCopy();
        ulong handler = FaultSignal.Read().Handler;
        Method(second, "MemSentry.CompilerServices.WovenModule", "Start").Invoke(null, ["Second", AddressSpaceLayout.Version, Starting.MaskingSettings]);
        Console.WriteLine($"same handler: {FaultSignal.Read().Handler == handler}");
        Console.WriteLine(NullAccesses.Outcome(() => NullAccesses.Load(null, NullAccesses.Mask)));

        var region = Method(second, "MemSentry.SafeRegion", "Allocate").Invoke(null, [(nuint)64, null])!;
        var start = (Pointer)region.GetType().GetProperty("Pointer")!.GetValue(region)!;
        return NullAccesses.Load((byte*)Pointer.Unbox(start), NullAccesses.Mask);
    }

    private static Assembly LoadSecondCopy()
    {
        var context = new AssemblyLoadContext("second copy");
        context.LoadFromAssemblyPath(typeof(MemSentry.Native.MachineFacts).Assembly.Location);
        Assembly second = context.LoadFromAssemblyPath(typeof(SafeRegion).Assembly.Location);
        return second != typeof(SafeRegion).Assembly ? second : throw new InvalidOperationException("The scenario could not be set up.");
    }

    private static MethodInfo Method(Assembly assembly, string type, string name) => assembly.GetType(type, throwOnError: true)!.GetMethod(name)!;
}
