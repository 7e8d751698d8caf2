namespace MemSentry.Fuzzing.Shrinking;

/// <summary>What can be made smaller step by step.</summary>
/// <typeparam name="T">What it becomes.</typeparam>
public interface IShrinkable<T>
{
    /// <summary>How large it is.</summary>
    int Size { get; }

    /// <summary>Everything that is one step simpler; the shrinker takes what is smaller by size.</summary>
    IEnumerable<T> Smaller();
}
