namespace Windows;

/// <summary>Somebody else's code.</summary>
public interface IForeign
{
    int Run(int depth);
}
