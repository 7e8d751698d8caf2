using System.Globalization;
using MemSentry.CryptWindows.Measuring;

namespace MemSentry.CryptWindows;

/// <summary>
/// Prints a figure <c>crypt-LENGTH</c>: a window - open and close - over so many bytes without MAC, over the two bare passes of the cipher over the same bytes.
/// </summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if it could be measured.</returns>
    public static int Main(string[] args)
    {
        if (args is not [string text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length == 0)
        {
            Console.Error.WriteLine("Usage: MemSentry.CryptWindows LENGTH");
            return 2;
        }

        try
        {
            WindowCost cost = WindowCost.Of(length);
            Console.WriteLine(cost);
            Console.WriteLine(FormattableString.Invariant($"crypt-{length} {cost.Ratio:F3} ratio"));
            return 0;
        }
        catch (Exception e) when (e is PlatformNotSupportedException or SafeRegionException)
        {
            Console.Error.WriteLine($"It could not be measured: {e.Message}");
            return 1;
        }
    }
}
