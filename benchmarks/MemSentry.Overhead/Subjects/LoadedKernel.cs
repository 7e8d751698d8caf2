using System.Reflection;

namespace MemSentry.Overhead.Subjects;

/// <summary>A kernel of one arm. The arms' classes are different types to the runtime, so that delegates are the way to them.</summary>
internal sealed class LoadedKernel
{
    private LoadedKernel(object kernel)
    {
        BytesFor = Bind<Func<int, long>>(kernel, nameof(BytesFor));
        Prepare = Bind<Preparation>(kernel, nameof(Prepare));
        Run = Bind<Func<ulong>>(kernel, nameof(Run));
    }

    /// <summary>The type of <see cref="Prepare"/>.</summary>
    public unsafe delegate void Preparation(byte* memory, int size);

    /// <summary>The number of bytes that it needs.</summary>
    public Func<int, long> BytesFor { get; }

    /// <summary>Fills the memory.</summary>
    public Preparation Prepare { get; }

    /// <summary>Works once, and returns the checksum.</summary>
    public Func<ulong> Run { get; }

    /// <summary>The kernel of an arm.</summary>
    /// <exception cref="TypeLoadException">There is no such class.</exception>
    public static LoadedKernel Of(KernelEntry entry, Assembly assembly) =>
        new(Activator.CreateInstance(assembly.GetType("MemSentry.Kernels." + entry.Type, throwOnError: true)!)!);

    private static T Bind<T>(object kernel, string member)
        where T : Delegate => kernel.GetType().GetMethod(member)!.CreateDelegate<T>(kernel);
}
