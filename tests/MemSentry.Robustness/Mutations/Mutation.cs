namespace MemSentry.Robustness.Mutations;

/// <summary>One way to damage bytes.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Apply">Makes a damaged copy. It gets where everything is in the image, and all chance from the generator.</param>
internal sealed record Mutation(string Name, Func<ImageMap, Random, byte[]> Apply);
