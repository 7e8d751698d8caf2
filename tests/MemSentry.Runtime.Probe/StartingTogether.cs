using System.Runtime.CompilerServices;
using System.Text;
using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Probe;

/// <summary>
/// Two modules start on two threads, and each needs the other's initialiser. Static constructors stand for those of modules: .NET keeps them apart by the same locks.
/// </summary>
internal static class StartingTogether
{
    /// <summary>Only against threads that wait for each other for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly ManualResetEventSlim SecondIsInside = new();
    private static readonly ManualResetEventSlim FirstHasStarted = new();

    /// <summary>The first is refused, which a fallback overrides aloud: standard error is code of the second.</summary>
    public static int Run(string[] arguments)
    {
        Console.SetError(new SecondsWriter());
        Thread[] threads = [new(() => Initialize(typeof(First))) { IsBackground = true }, new(() => Initialize(typeof(Second))) { IsBackground = true }];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        if (!threads.All(thread => thread.Join(Patience)))
        {
            Console.WriteLine("the starts wait for each other");
            return 1;
        }

        Console.WriteLine(string.Join(", ", MemSentryRuntime.Status.WovenModules.Select(module => module.Assembly).Order()));
        return 0;
    }

    /// <summary>What the start of a module that compares addresses has loaded.</summary>
    public static int ListAssemblies(string[] arguments)
    {
        string[] before = Loaded();
        WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.Settings);
        Console.WriteLine(string.Join(' ', Array.FindAll(Loaded(), name => !before.AsSpan().Contains(name))));
        return 0;
    }

    private static string[] Loaded() => Array.ConvertAll(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name!);

    private static void Initialize(Type type) => RuntimeHelpers.RunClassConstructor(type.TypeHandle);

    private static class First
    {
        static First()
        {
            SecondIsInside.Wait();
            WovenModule.Start("First", AddressSpaceLayout.Version + 1, Starting.Settings);
            Initialize(typeof(Second));
        }
    }

    private static class Second
    {
        static Second()
        {
            SecondIsInside.Set();
            FirstHasStarted.Wait();
            WovenModule.Start("Second", AddressSpaceLayout.Version, Starting.Settings);
            Initialize(typeof(First));
        }
    }

    private sealed class SecondsWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            FirstHasStarted.Set();
            Initialize(typeof(Second));
        }
    }
}
