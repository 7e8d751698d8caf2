namespace MemSentry.Verifier.Windows;

/// <summary>What a window opens.</summary>
/// <param name="Domain">The domain's number.</param>
/// <param name="Rights">1 to read, 2 to write as well.</param>
internal readonly record struct Opened(int Domain, int Rights)
{
    public bool Includes(Opened other) => Domain == other.Domain && Rights >= other.Rights;
}
