using System.Text;
using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Probe;

/// <summary>What the start of a module uses may belong to a module that is woven as well, and that starts then: in the middle, on the same thread.</summary>
internal static class Reentering
{
    /// <summary>With a layout that the fallback overrides, the runtime writes a line while it starts.</summary>
    public static int Run(string[] arguments)
    {
        Console.SetError(new StartingWriter());
        WovenModule.Start("First", AddressSpaceLayout.Version + 1, Starting.Settings);
        Console.WriteLine(string.Join(", ", MemSentryRuntime.Status.WovenModules.Select(module => module.Assembly)));
        return 0;
    }

    private sealed class StartingWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            WovenModule.Start("Second", AddressSpaceLayout.Version, Starting.Settings);
            Console.WriteLine("Second has been asked for");
        }
    }
}
