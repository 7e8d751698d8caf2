namespace Constructs;

/// <summary>Loops in all their shapes: their tests are copied to where they are entered, and what they access is checked there.</summary>
public static unsafe class Loops
{
    public static string Tests()
    {
        int* p = Raw.Of(1, 2, 3, 0);
        int sum = 0;
        for (int i = 0; i < 4; i++)
            sum += p[i];

        int n = 0;
        while (p[n] != 0)
            n++;

        int* q = p;
        while (*q++ != 3)
            sum += 10;

        do
            sum += p[--n] * 100;
        while (n > 0);

        return Show.All(sum, n, q - p);
    }

    public static string NoRounds()
    {
        int* nowhere = (int*)-8;
        int calls = 0;
        for (int i = 5; i < calls; i++)
            nowhere[i] = i;

        while (Count(ref calls) > 3)
            calls += *nowhere;

        return Show.All(calls);
    }

    public static string TestsWithEffects()
    {
        int* p = Raw.Of(4, 5, 6, 7);
        int calls = 0, sum = 0;
        while (Count(ref calls) < 4)
            sum += p[calls];

        int left = 3;
        int* q = p;
        while (left-- > 0 && (p[0] += *q) < 100)
            *q++ = left;

        return Show.All(calls, sum, left, q - p, p[0], p[1], p[2], p[3]);
    }

    public static string WaysInAndOut()
    {
        int* p = Raw.Of(3, 1, 2, 0);
        int rounds = 0;
        for (int start = 0; start < 4; start++)
        {
            int at = start;
            if (start == 1 || start > 2 && p[start] == 0)
                at = 0;
            while (p[at] != 0 && rounds < 50)
            {
                rounds++;
                if (at == 3)
                    break;
                if (rounds % 5 == 4)
                    continue;
                at = p[at] % 4;
                if (at == 3)
                    rounds += 100;
            }
        }

        return Show.All(rounds);
    }

    public static string Nested()
    {
        int* p = Raw.Of(1, 2, 3, 4);
        int sum = 0;
        for (int y = 0; y < 4; y++)
            for (int x = y; x < 4; x++)
                while (p[x] > y + 1)
                    sum += p[x]-- * p[y];

        return Show.All(sum, p[0], p[1], p[2], p[3]);
    }

    public static string Copies()
    {
        byte* from = stackalloc byte[] { 1, 2, 3, 4, 0, 9 };
        byte* to = stackalloc byte[6];
        byte* read = from;
        byte* write = to;
        while ((*write++ = *read++) != 0)
        {
        }

        int n = 6;
        for (read = from, write = to + 5; n-- > 0;)
            *write-- = *read++;

        return Show.All(to[0], to[1], to[4], to[5], read - from, to - write);
    }

    public static string FaultsInRounds()
    {
        int* p = Raw.Of(1, 2, 0, 4);
        int reached = 0, seen = 0;
        try
        {
            for (int i = 0; i < 4; i++)
            {
                reached = i;
                seen += 12 / p[i];
            }
        }
        catch (DivideByZeroException)
        {
            reached += 10;
        }

        try
        {
            for (int* q = null; reached > 0; q++)
                reached -= *q;
        }
        catch (NullReferenceException)
        {
            reached += 100;
        }

        return Show.All(reached, seen);
    }

    private static int Count(ref int calls) => calls++;
}
