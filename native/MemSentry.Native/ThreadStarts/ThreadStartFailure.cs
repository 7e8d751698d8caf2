namespace MemSentry.Native.ThreadStarts;

/// <summary>Why threads cannot be made to start closed.</summary>
/// <param name="Cause">A clause, for example <c>libcoreclr.so is not loaded</c>.</param>
/// <param name="Remedy">What the user can do about it, as a clause.</param>
internal sealed record ThreadStartFailure(string Cause, string Remedy)
{
    /// <summary>The kernel refused something.</summary>
    public static ThreadStartFailure Create(SystemCallFailure failure) => new(failure.ToString(), failure.Remedy);
}
