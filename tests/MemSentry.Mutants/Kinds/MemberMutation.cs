using MemSentry.Mutants.Sites;

namespace MemSentry.Mutants.Kinds;

/// <summary>One way to break one check of one member.</summary>
/// <param name="Site">The check.</param>
/// <param name="How">What is done to it, where a kind has several ways; else empty.</param>
/// <param name="Apply">Does it.</param>
public sealed record MemberMutation(Site Site, string How, Action<MutableBody> Apply);
