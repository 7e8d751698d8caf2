namespace MemSentry.Runtime.Tests;

/// <summary>Runs a scenario of MemSentry.Native.Probe, which the build has put beside the tests, in a child process.</summary>
internal static class NativeProbe
{
    public static ChildResult Run(string scenario, params string[] arguments) => RunWith([], scenario, arguments);

    public static ChildResult RunWith(Dictionary<string, string> environment, string scenario, params string[] arguments) =>
        new Probe(scenario, arguments) { Program = Path.Combine(AppContext.BaseDirectory, "MemSentry.Native.Probe.dll"), Environment = environment }.Run();
}
