using MemSentry.Verifier;
using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>One way to break what holds for a whole woven module.</summary>
/// <param name="How">What is done.</param>
/// <param name="Expected">What the verifier has to say.</param>
/// <param name="Apply">Does it.</param>
/// <param name="AsksUser">Whether only the user's own whitelist, the original trust list, tells it from a module that is in order.</param>
/// <param name="Claims">The settings that the broken module claims to be woven with, if it may be that its code is just what they would make.</param>
public sealed record ModuleMutation(string How, VerifierCode Expected, Action<ModuleDefinition> Apply, bool AsksUser = false, string? Claims = null);
