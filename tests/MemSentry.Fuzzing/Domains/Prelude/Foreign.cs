using System;
using System.Collections;
using System.Collections.Generic;

namespace Windows;

/// <summary>An object all of whose members are somebody else's code.</summary>
public sealed class Foreign : Base, IForeign, IDisposable, IComparer<int>, IComparer, IEnumerable<int>
{
    private readonly Func<int, int> _code;
    private readonly int _depth;

    public Foreign(Func<int, int> code, int depth)
    {
        World.Look("a constructor");
        (_code, _depth) = (code, depth);
    }

    public static int operator +(Foreign foreign, int depth) => foreign._code(depth);

    public int Get() => _code(_depth);

    public int Run(int depth) => _code(depth);

    public override int Do(int depth) => _code(depth);

    public void Dispose() => Get();

    public int Compare(int x, int y) => (Get() & 1) + x.CompareTo(y);

    public int Compare(object x, object y) => Compare((int)x, (int)y);

    public IEnumerator<int> GetEnumerator()
    {
        yield return Get();
        World.Look("an iterator");
        yield return 2;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object obj) => (Get() & 1) == 0;

    public override int GetHashCode() => Get();

    public override string ToString() => new string('a', Get() & 7);
}
