using System.Collections.Concurrent;

namespace MemSentry.Allocation;

/// <summary>Remembers where regions were allocated, for finding those that nobody disposes. Ordinary memory: good for reports only.</summary>
internal static class CreationStacks
{
    private static readonly ConcurrentDictionary<RegionHandle, string> Stacks = new();

    /// <summary>The knob in runtimeconfig.json; off by default, because a stack costs far more than a region.</summary>
    public const string ConfigurationKnob = "MemSentry.TrackCreation";

    /// <summary>The environment variable (<c>1</c>).</summary>
    public const string EnvironmentVariable = "MEMSENTRY_TRACK_CREATION";

    public static bool AreOn { get; } =
        (AppContext.TryGetSwitch(ConfigurationKnob, out bool on) && on)
        || Environment.GetEnvironmentVariable(EnvironmentVariable) is "1" or "true";

    public static void Remember(RegionHandle handle)
    {
        if (AreOn)
        {
            Stacks[handle] = Environment.StackTrace;
        }
    }

    public static void Forget(RegionHandle handle)
    {
        if (AreOn)
        {
            Stacks.TryRemove(handle, out _);
        }
    }

    public static string? Find(RegionHandle handle) => Stacks.GetValueOrDefault(handle);
}
