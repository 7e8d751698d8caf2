namespace Windows;

/// <summary>A base class.</summary>
public abstract class Base
{
    public abstract int Do(int depth);
}
