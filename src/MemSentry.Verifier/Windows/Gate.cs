using Mono.Cecil;

namespace MemSentry.Verifier.Windows;

/// <summary>A member that opens a window and does nothing in it but call its twin.</summary>
/// <param name="Member">The member.</param>
/// <param name="Twin">What it calls.</param>
/// <param name="Opens">What it opens.</param>
/// <param name="ByKey">Whether it opens by stubs.</param>
/// <param name="CheckedParameters">Parameters that it compares with the block first; -1 is the receiver.</param>
/// <param name="Constructed">Types whose static constructors it runs first.</param>
/// <param name="Preparation">What has the twin compiled first; null if nothing does.</param>
internal sealed record Gate(
    MethodDefinition Member,
    MethodDefinition Twin,
    Opened Opens,
    bool ByKey,
    IReadOnlySet<int> CheckedParameters,
    IReadOnlyList<TypeReference> Constructed,
    Preparation? Preparation)
{
    /// <summary>Whether there is a body for each kind of argument, none of which can be compiled before it is known.</summary>
    public bool IsGeneric => Twin.HasGenericParameters || Twin.DeclaringType.HasGenericParameters;
}
