using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Tests.Fixtures;

namespace MemSentry.Weaver.Tests.Reading;

/// <summary>Damaged images end in a weave or in one coded error, never in an exception and never in a crash.</summary>
internal sealed class HostileBytesTests
{
    private const string Source = """
        using System;
        public static unsafe class P
        {
            static readonly byte[] Table = [1, 2, 3, 4, 5, 6, 7, 8, 9];
            public static int Peek(int* a) { try { return *a; } catch (Exception e) when (e.Message.Length > 3) { return a[1]; } }
            public static T Generic<T>(T* p) where T : unmanaged => *p;
            public static void Copy(byte* a) { fixed (byte* t = Table) Buffer.MemoryCopy(t, a, 9, 9); }
        }
        """;

    [Test]
    public void DamagedImages()
    {
        byte[] image = CSharpFixture.Compile(Source, symbols: Weaver.Reading.DebugFormat.Embedded).Image;
        var random = new Random(20_261);
        AssertHarmless(Enumerable.Range(0, 400).Select(_ => Damage(image, random)));
    }

    [Test]
    public void CutOffImages()
    {
        byte[] image = CSharpFixture.Compile(Source).Image;
        AssertHarmless(Enumerable.Range(0, image.Length / 64).Select(i => image[..(i * 64)]));
    }

    private static byte[] Damage(byte[] image, Random random)
    {
        byte[] damaged = [.. image];
        int at = random.Next(image.Length);
        int length = random.Next(1, 5);
        random.NextBytes(damaged.AsSpan(at, Math.Min(length, image.Length - at)));
        return damaged;
    }

    private static void AssertHarmless(IEnumerable<byte[]> images)
    {
        using var folder = new TemporaryFolder();
        int refused = 0;
        foreach (byte[] image in images)
        {
            File.WriteAllBytes(folder["in.dll"], image);
            var diagnostics = new DiagnosticList();
            bool woven = Weaving.Try(folder["in.dll"], folder["out.dll"], diagnostics) is not null;

            Assert.That(diagnostics.HasErrors, Is.Not.EqualTo(woven));
            Assert.That(diagnostics.Where(d => d.Id == DiagnosticId.InternalError), Is.Empty);
            Assert.That(File.Exists(folder["out.dll"]), Is.EqualTo(woven));
            File.Delete(folder["out.dll"]);
            refused += woven ? 0 : 1;
        }

        Assert.That(refused, Is.GreaterThan(20));
    }
}
