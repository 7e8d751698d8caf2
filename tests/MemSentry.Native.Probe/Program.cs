using MemSentry;
using MemSentry.Native.Probe;

// Each scenario is one small program that the tests run as a child process. A refusal ends it with 2 and the words a user would read; how it dies
// otherwise is what such a scenario is about.
try
{
    return Scenarios.Find(args[0])(args[1..]);
}
catch (Exception refusal) when (refusal is PlatformNotSupportedException or SafeRegionException)
{
    Console.WriteLine($"{refusal.GetType().Name}: {refusal.Message}");
    return 2;
}
