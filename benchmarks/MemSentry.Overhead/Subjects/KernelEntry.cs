namespace MemSentry.Overhead.Subjects;

/// <summary>One line of kernels.json.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Type">Its class, below the namespace MemSentry.Kernels.</param>
/// <param name="Size">How much there is to do; the class says what it counts.</param>
/// <param name="Limit">The greatest ratio that it should have.</param>
/// <param name="LimitSfi">The same for masks, where it differs.</param>
internal sealed record KernelEntry(string Name, string Type, int Size, double Limit, double? LimitSfi = null);
