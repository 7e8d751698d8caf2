using System;
using System.Runtime.InteropServices;
using Constructs.Moved;

namespace Constructs;

/// <summary>Compiled when the types were still where it looks for them.</summary>
public static unsafe class Forwarding
{
    public static string Fields()
    {
        Point* p = Memory();
        p[1].Y += p->X;
        ref Point r = ref Stayed.At(p, 1);
        r.X++;
        Point copy = *p;
        return $"{p[1].X} {p[1].Y} {r.Sum()} {copy.Sum()} {sizeof(Point)}";
    }

    public static string Members()
    {
        IReader reader = new Reader();
        Point* p = Memory();
        return $"{reader.Read(p + 1).Sum()} {reader.First(p)} {p->Sum()} {Generic(p + 1).Y}";
    }

    private static T Generic<T>(T* p) where T : unmanaged => *p;

    private static Point* Memory()
    {
        var p = (Point*)NativeMemory.AllocZeroed(2, (nuint)sizeof(Point));
        p[0] = new Point { X = 1, Y = 2 };
        p[1].X = 3;
        return p;
    }

    private sealed class Reader : IReader
    {
        public Point Read(Point* p) => *p;
    }
}
