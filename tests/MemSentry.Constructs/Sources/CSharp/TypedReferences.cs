namespace Constructs;

/// <summary>Typed references, which C# has keywords for, and variable arguments, which .NET on Linux does not run.</summary>
public static unsafe class TypedReferences
{
    public static string Locals()
    {
        int number = 5;
        TypedReference t = __makeref(number);
        __refvalue(t, int) += 2;
        ref int r = ref __refvalue(t, int);
        r *= 3;
        return Show.All(number, __reftype(t), TypedReference.GetTargetType(t), TypedReference.ToObject(t), Wrong(t));
    }

    public static string Members()
    {
        var holder = new Holder { Pair = new Pair { A = 1, B = 2 } };
        TypedReference t = __makeref(holder.Pair);
        __refvalue(t, Pair).B = 7;
        Pair copy = __refvalue(t, Pair);
        typeof(Pair).GetField("A")!.SetValueDirect(__makeref(holder.Pair), 9);
        return Show.All(holder.Pair.A, holder.Pair.B, copy.A, copy.B, Through(__makeref(copy.B)));
    }

    public static string RawMemory()
    {
        int* p = Raw.Of(1, 2, 3);
        TypedReference t = __makeref(p[1]);
        __refvalue(t, int)++;
        return Show.All(__refvalue(t, int), p[1], Through(__makeref(*p)), Generic(p + 2));
    }

    private static int Through(TypedReference t) => __refvalue(t, int) + 1;

    private static T Generic<T>(T* p) where T : unmanaged
    {
        TypedReference t = __makeref(*p);
        return __refvalue(t, T);
    }

    private static string Wrong(TypedReference t)
    {
        try
        {
            return Show.All(__refvalue(t, long));
        }
        catch (InvalidCastException e)
        {
            return e.GetType().Name;
        }
    }

    private struct Pair
    {
        public int A;
        public int B;
    }

    private sealed class Holder
    {
        public Pair Pair;
    }
}
