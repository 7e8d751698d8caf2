namespace Constructs;

/// <summary>Filters, nested handlers, switches, patterns, checked arithmetic.</summary>
public static unsafe class Flow
{
    public static string Filters()
    {
        int* p = Raw.Of(1, 2, 3);
        var log = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            try
            {
                try
                {
                    if (p[i % 3] == 2)
                        throw new ArgumentException("two");
                    throw new InvalidOperationException($"{*p}");
                }
                catch (ArgumentException e) when (++p[1] == 3 && e.Message == "two")
                {
                    log.Add("a");
                }
                catch (InvalidOperationException) when (p[i % 3] > *p && Count(ref p[2]))
                {
                    log.Add($"i{p[2]}");
                }
                finally
                {
                    p[0] += 10;
                }
            }
            catch (Exception e) when (e.Message.Length == p[0] - 10 || e is { Message: [_, ..] })
            {
                log.Add(e.Message);
            }
        }

        return Show.All(log, p[0], p[1], p[2]);
    }

    public static string NullInsideAFilter()
    {
        try
        {
            throw new InvalidOperationException("x");
        }
        catch (InvalidOperationException) when (*(int*)Raw.Null() == 0)
        {
            return "filter";
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    public static string NestedTryInFinally()
    {
        int* p = Raw.Of(1, 2, 3);
        try
        {
            try
            {
                p[0] = 5;
                throw new InvalidOperationException();
            }
            finally
            {
                try
                {
                    p[1] = p[0] / (p[2] - 3);
                }
                catch (DivideByZeroException)
                {
                    p[1] = 50;
                }
                finally
                {
                    try
                    {
                        p[2]++;
                    }
                    finally
                    {
                        p[2] *= 2;
                    }
                }
            }
        }
        catch (InvalidOperationException)
        {
            p[0]++;
        }

        return Show.All(p[0], p[1], p[2]);
    }

    public static string Leaves()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        int sum = 0;
        for (int i = 0; i < 4; i++)
        {
            try
            {
                if (p[i] == 2)
                    continue;
                if (p[i] == 4)
                    break;
                sum += p[i];
            }
            finally
            {
                sum += *p * 100;
            }
        }

        return Show.All(sum, Return(p), p[0]);

        static int Return(int* p)
        {
            try
            {
                return ++p[0];
            }
            finally
            {
                p[0] *= 7;
            }
        }
    }

    public static string LocksAndUsings()
    {
        int* p = Raw.Of(1, 2, 3);
        var old = new object();
        var gate = new Lock();
        lock (old)
        lock (gate)
            p[0]++;
        using (new Closing(p))
        using (var second = new Closing(p + 1))
        {
            p[2] += second.Value;
            foreach (int i in new List<int> { p[0], p[1] })
                p[2] += i;
        }

        return Show.All(p[0], p[1], p[2]);
    }

    public static string Switches()
    {
        int* p = Raw.Of(0, 1, 2, 3, 4, 40, 400, -1);
        var log = new List<string>();
        for (int* q = p; q < p + 8; q++)
        {
            log.Add(*q switch
            {
                0 => "zero",
                1 or 2 => $"{*q * 2}",
                > 100 => "big",
                var n when n == p[5] => "forty",
                < 0 and > -5 => "small",
                _ => (*q & 1) switch { 1 => "odd", _ => "even" },
            });
            switch (*q)
            {
                case 0: *q = 5; break;
                case 1: *q = 6; goto case 2;
                case 2: *q += 7; break;
                case 3: goto default;
                case 4: continue;
                default: *q = -*q; break;
            }
        }

        return Show.All(log, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7]);
    }

    public static string SwitchesOnTextAndTypes()
    {
        byte* text = Raw.Text("two");
        string s = Encoding.UTF8.GetString(text, 3);
        object o = *text switch { (byte)'t' => (object)s, _ => 1 };
        return Show.All(
            s switch { "one" => 1, "two" => text[1], "three" => 3, "four" => 4, "five" => 5, "six" => 6, "seven" => 7, _ => 0 },
            o switch { int i => i, string { Length: > 2 and var n } => n + *text, _ => 0 });
    }

    public static string SpanPatterns()
    {
        byte* text = Raw.Text("get 12");
        ReadOnlySpan<byte> bytes = new(text, 6);
        ReadOnlySpan<char> chars = "put x";
        return Show.All(
            bytes is [(byte)'g', .., var last] ? last : 0,
            bytes switch { [] => "empty", [_] => "one", [.. var head, (byte)'1', _] => $"{head.Length}", _ => "?" },
            chars switch { "get" => 1, "put x" => 2, _ => 3 },
            bytes is [_, _, _, (byte)' ', >= (byte)'0' and <= (byte)'9', ..],
            Slice(text) is { Length: 3 } and [var a, ..] ? a : -1);
    }

    public static string Checked()
    {
        int* p = Raw.Of(int.MaxValue, -1);
        int* high = (int*)nuint.MaxValue;
        return Show.All(
            Show.Fault(() => { checked { p[0]++; } }),
            Show.Fault(() => { checked { _ = high + 1; } }),
            Show.Fault(() => { checked { _ = p + nuint.MaxValue; } }),
            Show.Fault(() => { checked { _ = (uint)p[1]; } }),
            Show.Fault(() => { checked { _ = (nuint)(nint)p[1]; } }),
            checked((p + 1) - p),
            checked((uint)(p + 2 - p)),
            unchecked((byte)p[1]),
            p[0]);
    }

    public static string Gotos()
    {
        int* p = Raw.Of(3, 0);
    again:
        if (*p == 0)
            goto done;
        p[1] += *p;
        --*p;
        goto again;
    done:
        return Show.All(p[0], p[1]);
    }

    public static string Conditionals()
    {
        int* p = Raw.Of(1, 0, 5);
        int* none = null;
        int? value = none != null ? *none : null;
        int both = (p[0] > 0 && p[1] == 0 || none[1000] > 0) ? p[2] : none[0];
        int sum = *(Raw.Opaque(0) == 0 ? p : none) + (p != null ? p[2] : 0);
        bool lifted = value == p[0] | p[1] == 0 & p[2] == 5;
        return Show.All(value, both, sum, lifted, p[Raw.Opaque(1) == 1 ? 2 : 0] ^ (p[0] << p[2]), !(p == null), -p[2], ~p[2]);
    }

    public static string Compound()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        int i = 0;
        p[i++] += p[i++] * p[i];
        p[i] <<= p[0]-- - 6;
        *(p + 3) |= p[3]++ & 0xF0;
        int* q = p;
        *q++ ^= *q--;
        long* wide = (long*)p;
        wide[1] -= *wide;
        return Show.All(p[0], p[1], p[2], p[3], i, q - p);
    }

    public static string Rethrown()
    {
        int* p = Raw.Of(0, 0);
        string types = "";
        try
        {
            try
            {
                Throw(p);
            }
            catch (Exception e)
            {
                types += e.GetType().Name + p[0];
                p[0]++;
                throw new AggregateException(e);
            }
            finally
            {
                types += "f";
            }
        }
        catch (AggregateException e)
        {
            types += e.InnerException!.Message.Length > 0 ? p[0] : -1;
        }

        return types;

        static void Throw(int* p) => throw (*p == 0 ? new NotSupportedException("n") : new InvalidOperationException());
    }

    private static bool Count(ref int r) => ++r < 10;

    private static ReadOnlySpan<byte> Slice(byte* text) => new ReadOnlySpan<byte>(text, 6)[..3];

    private readonly struct Closing(int* p) : IDisposable
    {
        public int Value => *p;

        public void Dispose() => *p *= -1;
    }
}
