using System;
using System.Runtime.InteropServices;

namespace Windows;

/// <summary>An object that is asked whether it is of an interface, and answers by code of its own.</summary>
public sealed class Castable : IDynamicInterfaceCastable
{
    private readonly Func<int, int> _code;
    private readonly int _depth;

    public Castable(Func<int, int> code, int depth) => (_code, _depth) = (code, depth);

    public bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented) => (_code(_depth) & 1) == 0;

    public RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType) => throw new NotSupportedException();
}
