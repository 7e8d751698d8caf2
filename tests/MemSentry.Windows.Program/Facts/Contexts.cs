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

    /// <summary>The same with a runtime of its own: two copies of it observe each exception, and share the records of windows.</summary>
    public static int RunTwoRuntimes()
    {
        var context = new AssemblyLoadContext("with a runtime of its own");
        string folder = Path.GetDirectoryName(typeof(Contexts).Assembly.Location)!;
        foreach (string file in (string[])["Iced.dll", "MemSentry.Native.dll", "MemSentry.Runtime.dll"])
            _ = context.LoadFromAssemblyPath(Path.Combine(folder, file));

        Type secret = context.LoadFromAssemblyPath(typeof(Contexts).Assembly.Location).GetType(typeof(Secret).FullName!)!;
        var address = (nint)secret.GetProperty(nameof(Secret.Address), BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        var handle = Member<Func<int[]?, byte>>(secret, nameof(Secret.HandleNull));
        var around = Member<Func<Action, byte>>(secret, nameof(Secret.Around));
        Overrun(Secret.Overrun, address);
        Overrun(Member<Func<int, byte>>(secret, nameof(Secret.Overrun)), address);
        _ = Secret.Around(() => handle(null));
        _ = around(() => Secret.HandleNull(null));
        Probe.Look("what follows", address);
        return handle(null) == 0 && Secret.HandleNull(null) == 1 ? Probe.Verdict(atLeast: 3) : 3;
    }

    private static T Member<T>(Type type, string name)
        where T : Delegate => type.GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.CreateDelegate<T>();

    private static void Overrun(Func<int, byte> member, nint address)
    {
        try
        {
            _ = member(64);
        }
        catch (IndexOutOfRangeException) when (IsClosed(address))
        {
            Probe.Look("a handler of two copies", address);
        }
    }

    private static bool IsClosed(nint address)
    {
        Probe.Look("a filter of two copies", address);
        return true;
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
