namespace MemSentry.Fuzzing.Campaign;

/// <summary>Builds and runs one batch after the other.</summary>
public interface IWorker : IDisposable
{
    /// <summary>Builds and runs a batch.</summary>
    /// <param name="number">Its number in the campaign.</param>
    /// <exception cref="InvalidOperationException">A runner cannot run at all.</exception>
    Round Run(int number);
}
