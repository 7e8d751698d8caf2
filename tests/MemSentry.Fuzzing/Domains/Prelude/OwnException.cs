using System;

namespace Windows;

/// <summary>An exception of the program's own.</summary>
public sealed class OwnException : Exception
{
    public OwnException() => World.Look("the constructor of an exception");
}
