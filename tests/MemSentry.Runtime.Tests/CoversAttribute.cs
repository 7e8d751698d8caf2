namespace MemSentry.Runtime.Tests;

/// <summary>The test provokes this failure. <see cref="RuntimeCodeTests"/> checks that none is left out.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CoversAttribute(RuntimeCode code) : Attribute
{
    public RuntimeCode Code { get; } = code;
}
