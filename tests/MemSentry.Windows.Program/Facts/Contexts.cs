using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>The same woven code twice in one process, and unloaded again; and code that is woven with a method that does not go with it.</summary>
internal static class Contexts
{
    public static int Run()
    {
        WeakReference context = UseAnotherCopy();
        for (int i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Probe.Look("what follows");
        return !context.IsAlive && Secret.Read(0) == 1 ? Probe.Verdict(atLeast: 3) : 3;
    }

    /// <summary>Loads a library that is woven with another method: it must not start.</summary>
    public static int RunMixed(string library)
    {
        RuntimeHelpers.RunModuleConstructor(Assembly.LoadFrom(library).ManifestModule.ModuleHandle);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseAnotherCopy()
    {
        var context = new AssemblyLoadContext("another", isCollectible: true);
        Type secret = context.LoadFromAssemblyPath(typeof(Contexts).Assembly.Location).GetType(typeof(Secret).FullName!)!;
        MethodInfo around = secret.GetMethod(nameof(Secret.Around), BindingFlags.NonPublic | BindingFlags.Static)!;

        // A window of one copy inside a window of the other.
        _ = Secret.Around(() => around.Invoke(null, [(Action)(() => Probe.Look("code that two copies have called"))]));
        Probe.Look("what follows the copy");
        context.Unload();
        return new WeakReference(context);
    }
}
