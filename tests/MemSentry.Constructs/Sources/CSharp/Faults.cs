namespace Constructs;

/// <summary>
/// Accesses through null pointers, and near null, stay <see cref="NullReferenceException"/>s, from wherever they come: the runtime recognises them by
/// the address of the fault, which has to arrive there unchanged.
/// </summary>
public static unsafe class Faults
{
    public static string Loads()
    {
        void* p = Raw.Null();
        return Show.All(
            Show.Fault(() => _ = *(byte*)p), Show.Fault(() => _ = *(short*)p), Show.Fault(() => _ = *(int*)p), Show.Fault(() => _ = *(long*)p), Show.Fault(() => _ = *(float*)p),
            Show.Fault(() => _ = *(double*)p), Show.Fault(() => _ = *(nint*)p), Show.Fault(() => _ = (*(Guid*)p).GetHashCode()), Show.Fault(() => _ = ((Pair*)p)->B), Show.Fault(() => _ = *(decimal*)p));
    }

    public static string Stores()
    {
        void* p = Raw.Null();
        return Show.All(
            Show.Fault(() => *(byte*)p = 1), Show.Fault(() => *(short*)p = 1), Show.Fault(() => *(int*)p = 1), Show.Fault(() => *(long*)p = 1), Show.Fault(() => *(float*)p = 1),
            Show.Fault(() => *(double*)p = 1), Show.Fault(() => *(nint*)p = 1), Show.Fault(() => *(Guid*)p = default), Show.Fault(() => ((Pair*)p)->B = 1), Show.Fault(() => *(decimal*)p = 1),
            Show.Fault(() => *(Pair*)p = new Pair { A = 1 }), Show.Fault(() => (*(int*)p)++));
    }

    public static string NearNull()
    {
        byte* p = (byte*)Raw.Null();
        return Show.All(
            Show.Fault(() => _ = p[1]), Show.Fault(() => _ = p[100]), Show.Fault(() => _ = ((int*)p)[900]), Show.Fault(() => p[4000] = 1), Show.Fault(() => _ = ((Pair*)p)[10].B), Show.Fault(() => _ = ((Large*)p)->End));
    }

    /// <summary>Of what is displaced from null the address counts, and nothing that comes before the fault may be lost.</summary>
    public static string DisplacedFromNull()
    {
        void* p = Raw.Null();
        int* log = Raw.Of(0, 0, 0, 0);
        Node* node = stackalloc Node[] { new() { Value = 3 } };
        return Show.All(
            Show.Fault(() => _ = Sum((int*)p, 3)), Show.Fault(() => _ = SumBackwards((byte*)p + 64, 64)), Show.Fault(() => _ = Both((int*)p, 5)), Show.Fault(() => _ = Element((Pair*)p, 100)),
            Show.Fault(() => _ = Follow(node)), Show.Fault(() => Update((int*)p, 7, log)), Show.Fault(() => Move((long*)p, (long*)log, 2)), log[0], log[1]);
    }

    public static string References()
    {
        int* p = (int*)Raw.Null();
        return Show.All(
            Show.Fault(() => _ = Unsafe.AsRef<int>(p)), Show.Fault(() => Increment(ref *p)), Show.Fault(() => { ref int r = ref *p; r = 2; }), Show.Fault(() => _ = Read(in *p)),
            Show.Fault(() => Unsafe.NullRef<long>()++), Show.Fault(() => Unsafe.Add(ref *p, 3)++), Show.Fault(() => _ = p->ToString()), Show.Fault(() => p->CompareTo(3)),
            Show.Fault(() => ((Pair*)p)->Change()), Show.Fault(() => _ = *&((Pair*)p)->B));
    }

    public static string Blocks()
    {
        byte* p = (byte*)Raw.Null();
        byte* q = Raw.Of<byte>(1, 2, 3, 4);
        return Show.All(
            Show.Fault(() => Unsafe.CopyBlock(p, q, 4)), Show.Fault(() => Unsafe.CopyBlock(q, p, 4)), Show.Fault(() => Unsafe.InitBlock(p, 0, 4)), Show.Fault(() => new Span<byte>(p, 4).Clear()),
            Show.Fault(() => new Span<byte>(p, 4)[2] = 1), Show.Fault(() => _ = new ReadOnlySpan<byte>(p, 4)[3]), Show.Fault(() => _ = Unsafe.ReadUnaligned<long>(p)), Show.Fault(() => Unsafe.Write(p, 3)),
            Show.Fault(() => _ = Volatile.Read(ref *p)), Show.Fault(() => Interlocked.Increment(ref *(int*)p)), Show.Fault(() => new Span<byte>(p, 4).CopyTo(new byte[4])));
    }

    public static string Vectors()
    {
        int* p = (int*)Raw.Null();
        return Show.All(Show.Fault(() => _ = Vector128.Load(p)), Show.Fault(() => Vector128.Store(default(Vector128<int>), p)), Show.Fault(() => _ = *(Vector256<int>*)p), Show.Fault(() => _ = Vector128.LoadUnsafe(ref *p, 2)));
    }

    public static string Objects()
    {
        Holder none = Raw.Opaque(0) == 1 ? new Holder() : null!;
        int[] array = Raw.Opaque(0) == 1 ? [] : null!;
        return Show.All(
            Show.Fault(() => none.Value++), Show.Fault(() => _ = none.Values[1]), Show.Fault(() => { fixed (int* f = &none.Value) *f = 1; }), Show.Fault(() => array[0]++),
            Show.Fault(() => { fixed (int* f = array) *f = 1; }), Show.Fault(() => { ref int r = ref none.Value; r++; }));
    }

    public static string HandlersRunOnce()
    {
        int* p = (int*)Raw.Null();
        int* log = Raw.Of(0, 0, 0, 0);
        for (int i = 0; i < 3; i++)
        {
            try
            {
                try
                {
                    log[0]++;
                    p[i] = *p;
                    log[1]++;
                }
                catch (NullReferenceException) when (log[2]++ == 1)
                {
                    log[3] += 10;
                }
                finally
                {
                    log[3]++;
                }
            }
            catch (NullReferenceException)
            {
                log[3] += 100;
            }
        }

        return Show.All(log[0], log[1], log[2], log[3]);
    }

    public static string OtherThreads()
    {
        string fault = "";
        var thread = new Thread(() => fault = Show.Fault(() => *(int*)Raw.Null() = 1));
        thread.Start();
        thread.Join();
        return Show.All(fault, Task.Run(() => Show.Fault(() => _ = *(int*)Raw.Null())).Result);
    }

    public static string TraceNamesTheMember()
    {
        try
        {
            return Show.All(ReadNull((int*)Raw.Null()));
        }
        catch (NullReferenceException e)
        {
            return Show.All(e.StackTrace!.Contains("ReadNull", StringComparison.Ordinal), e.TargetSite!.Name, e.Message);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadNull(int* p) => *p;

    private static int Sum(int* p, int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
            sum += p[i];
        return sum;
    }

    private static int SumBackwards(byte* end, int n)
    {
        int sum = 0;
        for (int i = -n; i < 0; i++)
            sum += end[i];
        return sum;
    }

    private static int Both(int* p, int i) => p[i] + p[i + 1];

    private static int Element(Pair* p, int i) => p[i].A + p[i].B;

    private static int Follow(Node* node)
    {
        int sum = 0;
        while (true)
        {
            sum += node->Value;
            node = node->Next;
        }
    }

    private static void Update(int* p, int i, int* log)
    {
        log[0]++;
        p[i] += log[0];
        log[1]++;
    }

    private static void Move(long* to, long* from, int n)
    {
        for (; n > 0; n--)
        {
            to[0] = from[0];
            to += 2;
            from += 2;
        }
    }

    private static void Increment(ref int r) => r++;

    private static int Read(in int r) => r;

    private struct Pair
    {
        public int A;
        public int B;

        public void Change() => B = A;
    }

    private struct Node
    {
        public int Value;
        public Node* Next;
    }

    private struct Large
    {
        public fixed long Items[400];
        public int End;
    }

    private sealed class Holder
    {
        public readonly int[] Values = [1, 2];
        public int Value;
    }
}
