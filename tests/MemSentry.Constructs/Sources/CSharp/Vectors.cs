namespace Constructs;

/// <summary>Vectors loaded from and stored to raw memory; the processor's own only where it has them.</summary>
public static unsafe class Vectors
{
    public static string Portable()
    {
        int* p = Raw.Of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        Vector128<int> a = Vector128.Load(p);
        Vector256<int> b = Vector256.LoadUnsafe(ref p[4]);
        Vector512<int> c = Vector512.LoadUnsafe(ref *p, 0);
        Vector64<int> d = Vector64.Load(p + 2);
        (a + Vector128.LoadUnsafe(ref *p, 4)).Store(p + 8);
        b.StoreUnsafe(ref p[0]);
        (a * 2).StoreUnsafe(ref *p, 12);
        *(Vector128<int>*)(p + 4) = a;
        Vector128<int> e = *(Vector128<int>*)p;
        return Show.All(new Span<int>(p, 16).ToArray(), Vector128.Sum(a), Vector256.Sum(b), Vector512.Sum(c), d[1], e, Vector128.LoadAligned(Aligned()), Vector256.Sum(b.WithElement(0, *p)));
    }

    public static string Sized()
    {
        float* p = Raw.Of<float>([.. Enumerable.Range(0, 64).Select(i => i * 0.5f)]);
        var span = new Span<float>(p, 64);
        var v = new Vector<float>(span);
        (v + Vector<float>.One).CopyTo(span[32..]);
        Vector<float> w = Vector.Load(p + 1);
        w.Store(p + 16);
        Vector<float> u = Unsafe.ReadUnaligned<Vector<float>>(p + 2);
        return Show.All(Vector.Sum(v) > 0, p[33] - p[1], p[16], u[0], Vector.LoadUnsafe(ref p[3])[0], Vector.Dot(v, Vector<float>.Zero));
    }

    public static string Numerics()
    {
        float* p = Raw.Of(1f, 2f, 3f, 4f);
        Vector3* three = (Vector3*)p;
        *three *= 2;
        ((Vector4*)p)->W = 9;
        Matrix4x4* matrix = Raw.Of(Matrix4x4.Identity);
        matrix->M14 = 3;
        Matrix4x4 other = *matrix * *matrix;
        matrix->Translation = *three;
        return Show.All(*three, three->Length() > 0, *(Vector4*)p, other.M14, matrix->M42, Vector2.Dot(*(Vector2*)p, *(Vector2*)(p + 2)));
    }

    public static string Processor()
    {
        int* p = Raw.Of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        var text = new List<object?>();
        if (Sse2.IsSupported)
        {
            Vector128<int> a = Sse2.LoadVector128(p);
            Sse2.Store(p + 4, Sse2.Add(a, Sse2.LoadVector128(p + 1)));
            Sse2.StoreScalar((long*)(p + 8), a.AsInt64());
            Sse2.StoreNonTemporal(p + 10, 99);
            Sse.Prefetch0(p);
            text.Add(Sse2.LoadScalarVector128(p + 4));
        }

        if (Avx2.IsSupported)
        {
            // In a local of its own: as an operand of the addition, .NET 10.0.12's tier-0 code embeds it wrongly on AVX-512 processors, unwoven too.
            Vector256<int> broadcast = Avx2.BroadcastScalarToVector256(p + 3);
            text.Add(broadcast);
            Avx.Store(p, Avx2.Add(Avx.LoadVector256(p), broadcast));
            Avx2.MaskStore(p + 8, Vector128.Create(-1, 0, -1, 0), Vector128.Create(50));
            text.Add(Avx2.MaskLoad(p, Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0)));
            text.Add(Avx2.ConvertToVector256Int32((byte*)p));
        }

        return Show.All(text, new Span<int>(p, 16).ToArray());
    }

    private static int* Aligned()
    {
        int* p = (int*)NativeMemory.AlignedAlloc(16, 16);
        for (int i = 0; i < 4; i++)
            p[i] = i * i;
        return p;
    }
}
