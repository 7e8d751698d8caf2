namespace MemSentry.Attacks.Contract;

/// <summary>Marks a member that a vulnerable member needs; a violation may name it instead, and a whitelisted copy whitelists it too.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class AccompliceAttribute : Attribute;
