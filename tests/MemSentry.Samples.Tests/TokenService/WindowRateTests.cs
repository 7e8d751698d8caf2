using global::TokenService.Server.Monitoring;

namespace MemSentry.Samples.Tests.TokenService;

[TestFixture]
internal sealed class WindowRateTests
{
    [Test]
    public void It_is_that_of_the_last_ten_seconds()
    {
        var time = new Clock();
        var metrics = new ServiceMetrics(new Protection { Methods = ["mprotect"] });
        using var rate = new WindowRate(metrics, time);

        Work(metrics, tokens: 30);
        Assert.That(PassSecond(), Is.EqualTo(30), "of one second");
        Assert.That(PassSecond(), Is.EqualTo(15), "of two");
        for (int second = 3; second <= 10; second++)
            PassSecond();
        Assert.That(rate.PerSecond, Is.EqualTo(3), "of ten");
        Assert.That(PassSecond(), Is.Zero, "the first second is too long ago");

        double PassSecond()
        {
            time.Seconds++;
            rate.Sample();
            return rate.PerSecond;
        }
    }

    [Test]
    public void Methods_that_compare_addresses_have_no_windows()
    {
        var metrics = new ServiceMetrics(new Protection { Methods = ["mpx", "sfi"] });

        Work(metrics, tokens: 30);

        Assert.That(metrics.Windows, Is.Zero);
    }

    private static void Work(ServiceMetrics metrics, int tokens)
    {
        for (int i = 0; i < tokens; i++)
            metrics.CountSigned();
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
