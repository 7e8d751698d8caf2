using MemSentry.Crypt;
using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>A region that is encrypted while nobody has it open.</summary>
[TestFixture]
internal sealed unsafe class CryptRegionTests
{
    private static IEnumerable<TestCaseData> Kinds =>
        from form in Forms.All
        from isAuthenticated in (bool[])[true, false]
        select new TestCaseData(form, isAuthenticated);

    [TestCaseSource(nameof(Kinds))]
    public void What_a_window_stores_the_next_one_finds(CipherForm form, bool isAuthenticated)
    {
        Forms.Require(form);
        foreach (int length in (int[])[1, 15, 16, 17, 255, 256, 257, 300, 4096, 10_000])
        {
            using CryptRegion region = Create(length, form, isAuthenticated);
            byte[] text = new byte[length];
            new Random(length).NextBytes(text);

            region.Open();
            Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1), "a new region is clear");
            text.CopyTo(region.Span);
            region.Close();
            region.Open();
            Assert.That(region.Span.SequenceEqual(text), $"{length} bytes");
            region.Close();
        }
    }

    [Test]
    public void Memory_of_somebody_else_keeps_its_content_and_its_surroundings()
    {
        Forms.Require(CipherForm.Single);
        byte* memory = stackalloc byte[256];
        new Span<byte>(memory, 256).Fill(9);
        CryptRegion region = CryptRegion.Over((ulong)memory, (ulong)memory + 101, 77);

        Assert.That(region.Span.IndexOfAnyExcept((byte)9), Is.GreaterThanOrEqualTo(0), "it is closed");
        Assert.That(new Span<byte>(memory + CryptHeader.Length, 101 - CryptHeader.Length).IndexOfAnyExcept((byte)9), Is.EqualTo(-1));
        Assert.That(new Span<byte>(memory + 101 + 77, 256 - 101 - 77).IndexOfAnyExcept((byte)9), Is.EqualTo(-1));
        region.Open();
        Assert.That(region.Span.IndexOfAnyExcept((byte)9), Is.EqualTo(-1));
        region.Close();
        region.Dispose();
    }

    [TestCaseSource(nameof(Kinds))]
    public void Each_close_hides_the_text_in_another_way(CipherForm form, bool isAuthenticated)
    {
        Forms.Require(form);
        using CryptRegion region = Create(64, form, isAuthenticated);
        var seen = new HashSet<string>();
        for (int i = 0; i < 200; i++)
        {
            seen.Add(Convert.ToHexString(region.Span));
            region.Open();
            Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            region.Close();
        }

        Assert.That(seen, Has.Count.EqualTo(200).And.Not.Contain(new string('0', 128)));
    }

    [Test]
    public void The_nonce_leaves_room_to_count_the_blocks()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = Create(64, CipherForm.Single, isAuthenticated: true);
        var header = (CryptHeader*)(region.Address - CryptHeader.Length);

        Assert.That((header->Nonce[14], header->Nonce[15]), Is.EqualTo((0, 0)));
        Assert.That(new Span<byte>(header->Nonce, 14).IndexOfAnyExcept((byte)0), Is.GreaterThanOrEqualTo(0));
    }

    [TestCaseSource(nameof(Kinds))]
    public void The_last_close_hides_the_text_and_no_other(CipherForm form, bool isAuthenticated)
    {
        Forms.Require(form);
        using CryptRegion region = Create(32, form, isAuthenticated);
        for (int i = 1; i <= 3; i++)
        {
            region.Open();
            Assert.That(region.Readers, Is.EqualTo(i));
        }

        for (int i = 2; i >= 0; i--)
        {
            Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
            region.Close();
            Assert.That(region.Readers, Is.EqualTo(i));
        }

        Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.GreaterThanOrEqualTo(0));
    }

    /// <summary>A limit of the method, not a feature.</summary>
    [Test]
    public void In_a_window_other_threads_read_too()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = Create(32, CipherForm.Single, isAuthenticated: true);
        region.Open();
        region.Span.Fill(7);
        byte[] seen = Task.Run(() => region.Span.ToArray()).Result;
        region.Close();

        Assert.That(seen, Has.Length.EqualTo(32).And.All.EqualTo(7));
    }

    /// <summary>Another limit: only what is from before the last close is found out.</summary>
    [Test]
    public void A_reader_count_of_the_same_window_that_is_put_back_keeps_it_open()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = Create(32, CipherForm.Single, isAuthenticated: true);
        var header = (CryptHeader*)(region.Address - CryptHeader.Length);
        region.Open();
        region.Open();
        CryptHeader two = *header;
        region.Close();
        *header = two;
        region.Close();

        Assert.That(region.Readers, Is.EqualTo(1));
        Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        region.Close();
    }

    [Test]
    [Covers(RuntimeCode.TooManyReaders)]
    public void More_readers_than_can_be_counted_are_refused_and_harm_nothing()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = CryptRegion.Create(32, new CryptRegionOptions { Name = "signing keys" });
        for (int i = 0; i < CryptHeader.MostReaders; i++)
        {
            region.Open();
        }

        SafeRegionException? refusal = Assert.Throws<SafeRegionException>(region.Open);
        Assert.That(refusal!.Message, Is.EqualTo(
            $"MS{(int)RuntimeCode.TooManyReaders}: The safe region 'signing keys' has 65535 open windows; close some before another one is opened."));
        for (int i = 0; i < CryptHeader.MostReaders; i++)
        {
            region.Close();
        }

        Assert.That(region.Readers, Is.EqualTo(0));
    }

    [Test]
    [Covers(RuntimeCode.RegionInUse)]
    public void A_region_in_use_is_not_disposed()
    {
        Forms.Require(CipherForm.Single);
        using CryptRegion region = CryptRegion.Create(32, new CryptRegionOptions { Name = "signing keys" });
        region.Open();

        SafeRegionException? refusal = Assert.Throws<SafeRegionException>(region.Dispose);
        region.Close();

        Assert.That(refusal!.Message, Does.StartWith($"MS{(int)RuntimeCode.RegionInUse}: The safe region 'signing keys' is in use: 1 windows are open"));
    }

    [Test]
    public void A_disposed_region_is_clear_and_cannot_be_opened()
    {
        Forms.Require(CipherForm.Single);
        CryptRegion region = CryptRegion.Create(32);
        region.Dispose();
        region.Dispose();

        Assert.That(Assert.Throws<ObjectDisposedException>(region.Open)!.Message, Does.StartWith($"MS{(int)RuntimeCode.RegionDisposed}: An unnamed safe region was disposed"));
        Assert.That(region.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void Disposed_regions_give_their_pages_back()
    {
        Forms.Require(CipherForm.Single);
        int before = MemoryMap.ReadSelf().Ranges.Count;
        for (int i = 0; i < 200; i++)
        {
            CryptRegion.Create(16).Dispose();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.That(MemoryMap.ReadSelf().Ranges.Count, Is.LessThan(before + 200));
    }

    private static CryptRegion Create(int length, CipherForm form, bool isAuthenticated) =>
        CryptRegion.Create(length, new CryptRegionOptions { Form = form, IsAuthenticated = isAuthenticated });
}
