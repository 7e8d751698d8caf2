using System.Diagnostics;
using System.Globalization;
using MemSentry.Crypt;
using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.CryptWindows.Measuring;

/// <summary>Nanoseconds for one length, round by round; within a round all ran directly after each other.</summary>
/// <param name="Form">The instructions.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Rounds">The rounds.</param>
internal sealed record WindowCost(CipherForm Form, int Length, IReadOnlyList<WindowRound> Rounds)
{
    private const int CountedRounds = 2001;

    /// <summary>Short against the time after which the kernel gives the processor to others: most rounds then are not interrupted, and the median is one of them.</summary>
    private const double StretchNanoseconds = 5e4;

    /// <summary>A window without MAC over the bare passes; the median of the rounds.</summary>
    public double Ratio => MedianRatio(r => r.Window);

    /// <summary>Measures.</summary>
    /// <exception cref="PlatformNotSupportedException">The processor lacks instructions.</exception>
    /// <exception cref="SafeRegionException">The region cannot be had.</exception>
    public static WindowCost Of(int length)
    {
        CipherForm form = CipherForms.Best(ProcessorFacts.Read()) ?? CipherForm.Single;
        var options = new CryptRegionOptions { MaxRegionSize = CryptLimits.MostBytes };
        using CryptRegion hidden = CryptRegion.Create(length, options with { IsAuthenticated = false });
        using CryptRegion authenticated = CryptRegion.Create(length, options);
        var bare = new BarePasses(form, hidden.Address, length, hashes: false);
        var hashed = new BarePasses(form, hidden.Address, length, hashes: true);

        WindowRound Round(int repetitions) => new(
            Time(repetitions, () => Window(hidden)),
            Time(repetitions, bare.Run),
            Time(repetitions, hashed.Run),
            Time(repetitions, () => Window(authenticated)));

        // The first makes the code and warms up; the second tells how often fits into a stretch.
        Round(1000);
        int count = (int)Math.Clamp(StretchNanoseconds / Round(1000).Window, 10, 100_000);
        Round(count);
        return new WindowCost(form, length, [.. Enumerable.Range(0, CountedRounds).Select(_ => Round(count))]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Length} bytes, {(Form == CipherForm.Double ? "VAES" : "AES-NI")}, medians of {Rounds.Count} rounds
          two bare passes                       {Median(r => r.Bare),8:F0} ns
          window without MAC                    {Median(r => r.Window),8:F0} ns  {Ratio,6:F3}
          two bare passes with MAC              {Median(r => r.Hashed),8:F0} ns  {MedianRatio(r => r.Hashed),6:F3}
          window with MAC, its tag in the kernel {Median(r => r.Authenticated),7:F0} ns  {MedianRatio(r => r.Authenticated),6:F3}
        the MAC's share of the last: {100 * Median(r => (r.Hashed - r.Bare) / r.Authenticated):F0} % for hashing, {100 * Median(r => (r.Authenticated - r.Window - r.Hashed + r.Bare) / r.Authenticated):F0} % for tags, seals and a system call
        """);

    private static void Window(CryptRegion region)
    {
        region.Open();
        region.Close();
    }

    private static double Time(int repetitions, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repetitions; i++)
            action();

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repetitions;
    }

    private double MedianRatio(Func<WindowRound, double> figure) => Median(r => figure(r) / r.Bare);

    private double Median(Func<WindowRound, double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
}
