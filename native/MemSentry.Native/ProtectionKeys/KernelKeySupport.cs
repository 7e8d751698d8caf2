using System.Globalization;

namespace MemSentry.Native.ProtectionKeys;

/// <summary>Which kernels keep the key register of a thread as they should.</summary>
internal static class KernelKeySupport
{
    /// <summary>
    /// From 5.2 on, a switch from a kernel thread could leave the next thread with another one's register; 5.13 does it in another way ("x86/fpu: Correct
    /// pkru/xstate inconsistency", the repair of two older lines, tells the story). Nobody vouches for what is older.
    /// </summary>
    private static readonly Version Repaired = new(5, 13);

    private static readonly Version[] RepairedLines = [new(5, 10, 103), new(5, 4, 182)];

    /// <summary>Whether a kernel can be trusted with keys.</summary>
    public static bool Keeps(Version kernel) =>
        kernel >= Repaired || RepairedLines.Any(line => line.Major == kernel.Major && line.Minor == kernel.Minor && kernel >= line);

    /// <summary>The running kernel, by <c>/proc/sys/kernel/osrelease</c>; 0.0.0 if it does not say.</summary>
    public static Version ReadKernel()
    {
        try
        {
            return Parse(File.ReadAllText("/proc/sys/kernel/osrelease"));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return Parse("");
        }
    }

    /// <summary>The numbers that a release starts with: <c>6.1.0-56-cloud-amd64</c> is 6.1.0.</summary>
    public static Version Parse(string release)
    {
        int[] numbers = new int[3];
        string[] parts = release.Trim().Split('.', '-', '+', '_');
        for (int i = 0; i < numbers.Length && i < parts.Length && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out int number); i++)
        {
            numbers[i] = number;
        }

        return new Version(numbers[0], numbers[1], numbers[2]);
    }
}
