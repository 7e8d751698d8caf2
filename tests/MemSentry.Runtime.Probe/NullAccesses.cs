using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MemSentry.CompilerServices;

namespace MemSentry.Runtime.Probe;

/// <summary>
/// Accesses through null as woven code makes them, <c>pointer | mask</c>. With the mask 0 they are those of a program that is not woven, so that the
/// tests can compare: nothing that is printed here may differ.
/// </summary>
internal static unsafe class NullAccesses
{
    /// <summary>What the method <c>sfi</c> sets in an address.</summary>
    public static readonly nuint Mask = unchecked((nuint)AddressSpaceLayout.NullRangeStart);

    private static readonly Dictionary<string, Action<nuint>> Shapes = new()
    {
        ["load"] = mask => Console.WriteLine(Outcome(() => Load(null, mask))),
        ["store"] = mask => Console.WriteLine(Outcome(() => Store(null, mask))),
        ["reference"] = mask => Console.WriteLine(Outcome(() => StoreReference(null, mask, new object()))),
        ["structure"] = mask => Console.WriteLine(Outcome(() => CopyStructure(null, mask).GetHashCode())),
        ["structure-with-reference"] = mask => Console.WriteLine(Outcome(() => StoreStructure(null, mask, ("text", 1)))),
        ["block"] = mask => Console.WriteLine(Outcome(() => CopyBlock(null, mask))),
        ["fill"] = mask => Console.WriteLine(Outcome(() => FillBlock(null, mask))),
        ["vector"] = mask => Console.WriteLine(Outcome(() => LoadVector(null, mask))),
        ["constant"] = mask => Console.WriteLine(Outcome(mask == 0 ? LoadNull : LoadMaskedNull).Split(' ')[0]),
        ["handlers"] = Handlers,
        ["repeated"] = Repeated,
        ["threads"] = Threads,
        ["loop"] = mask => Console.WriteLine(Outcome(() => LoopToNull(mask, 200_000))),
    };

    /// <summary>Arguments: the mask in hexadecimal, and <c>all</c> for every shape or a small address in decimal.</summary>
    public static int Run(string[] arguments)
    {
        nuint mask = (nuint)Convert.ToUInt64(arguments[0], 16);
        if (mask != 0)
        {
            WovenModule.Start("Probe", AddressSpaceLayout.Version, Starting.MaskingSettings);
        }

        if (arguments[1] == "all")
        {
            foreach ((string name, Action<nuint> shape) in Shapes)
            {
                Console.WriteLine($"{name}:");
                shape(mask);
            }
        }
        else
        {
            Console.WriteLine(Outcome(() => Load((byte*)ulong.Parse(arguments[1]), mask)));
        }

        return 0;
    }

    /// <summary>What came of an access, and where it came from.</summary>
    public static string Outcome(Func<object> access)
    {
        try
        {
            return access().ToString()!;
        }
        catch (NullReferenceException thrown)
        {
            return $"{thrown.GetType().Name} in {thrown.StackTrace!.Split('\n')[0].Trim()}: {thrown.Message}";
        }
    }

    public static string Outcome(Func<int> access) => Outcome(() => (object)access());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Load(byte* pointer, nuint mask) => *(int*)((nuint)pointer | mask);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Store(byte* pointer, nuint mask) => *(int*)((nuint)pointer | mask) = 7;

#pragma warning disable CS8500 // Pointers to references: woven code has them too, behind ref.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int StoreReference(byte* pointer, nuint mask, object value)
    {
        *(object*)((nuint)pointer | mask) = value;
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int StoreStructure(byte* pointer, nuint mask, (string, int) value)
    {
        *((string, int)*)((nuint)pointer | mask) = value;
        return 1;
    }
#pragma warning restore CS8500

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (long, long, long, long, long, long, long) CopyStructure(byte* pointer, nuint mask) =>
        *((long, long, long, long, long, long, long)*)((nuint)pointer | mask);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CopyBlock(byte* pointer, nuint mask)
    {
        byte* target = stackalloc byte[300];
        Unsafe.CopyBlockUnaligned(target, (byte*)((nuint)pointer | mask), 300);
        return *target;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FillBlock(byte* pointer, nuint mask)
    {
        Unsafe.InitBlockUnaligned((byte*)((nuint)pointer | mask), 1, 300);
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LoadVector(byte* pointer, nuint mask) => Vector128.Load((int*)((nuint)pointer | mask))[2];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LoadNull() => *(int*)((nuint)0 + 16);

    /// <summary>An address that the optimiser knows entirely, and knows not to be zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LoadMaskedNull() => *(int*)(((nuint)0 + 16) | unchecked((nuint)(1UL << 46)));

    /// <summary>Prints the order in which filters, handlers and cleanup run.</summary>
    private static void Handlers(nuint mask)
    {
        int local = 0;
        try
        {
            try
            {
                local = 1;
                try
                {
                    local = 2;
                    local += Load(null, mask);
                    local = 3;
                }
                finally
                {
                    Console.WriteLine($"finally {local}");
                }
            }
            catch (NullReferenceException thrown) when (Print($"filter {local} {thrown.GetType().Name}") && local == 7)
            {
                Console.WriteLine("never");
            }
        }
        catch (NullReferenceException) when (Print($"outer filter {local}") && Load(null, mask) == 0)
        {
            Console.WriteLine("never: the filter itself fails");
        }
        catch (NullReferenceException)
        {
            try
            {
                Store(null, mask);
            }
            catch (NullReferenceException)
            {
                Console.WriteLine($"handler in handler {local}");
            }
        }

        static bool Print(string line)
        {
            Console.WriteLine(line);
            return true;
        }
    }

    private static void Repeated(nuint mask)
    {
        int caught = 0;
        for (int i = 0; i < 10_000; i++)
        {
            try
            {
                caught -= i % 2 == 0 ? Load(null, mask) : Store(null, mask);
            }
            catch (NullReferenceException)
            {
                caught++;
            }
        }

        Console.WriteLine(caught);
    }

    /// <summary>Many threads fault while another one collects garbage.</summary>
    private static void Threads(nuint mask)
    {
        const int Count = 8;
        int caught = 0;
        using var done = new CancellationTokenSource();
        Task collector = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect();
            }
        });
        var threads = new Thread[Count];
        for (int i = 0; i < Count; i++)
        {
            threads[i] = new Thread(() =>
            {
                for (int round = 0; round < 500; round++)
                {
                    object alive = new string('x', 50 + round);
                    try
                    {
                        StoreReference(null, mask, alive);
                    }
                    catch (NullReferenceException)
                    {
                        Interlocked.Add(ref caught, ((string)alive).Length - 49 - round);
                    }
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        done.Cancel();
        collector.Wait();
        Console.WriteLine(caught);
    }

    /// <summary>Long enough to be replaced on the stack before its last round meets null.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LoopToNull(nuint mask, int rounds)
    {
        int value = 1;
        int sum = 0;
        for (int i = 0; i < rounds; i++)
        {
            int* pointer = i == rounds - 1 ? null : &value;
            sum += *(int*)((nuint)pointer | mask);
        }

        return sum;
    }
}
