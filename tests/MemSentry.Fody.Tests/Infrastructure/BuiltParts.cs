using System.Reflection;

namespace MemSentry.Fody.Tests.Infrastructure;

/// <summary>The parts of this repository that a test project is built with; their paths were recorded when the tests were built.</summary>
internal static class BuiltParts
{
    public static string FodyVersion { get; } = Recorded("FodyVersion");

    /// <summary>Where MemSentry.Fody.dll lies with everything it needs.</summary>
    public static string WeaverFolder { get; } = Recorded("WeaverFolder");

    public static string WeaverFile { get; } = Path.Combine(WeaverFolder, "MemSentry.Fody.dll");

    public static string TargetsFolder { get; } = Recorded("TargetsFolder");

    public static string RuntimeFile { get; } = Recorded("RuntimeFile");

    public static string OtherWeaverFile { get; } = Recorded("OtherWeaverFile");

    private static string Recorded(string key) => typeof(BuiltParts).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
