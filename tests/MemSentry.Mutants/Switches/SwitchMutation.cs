using MemSentry.Mutants.Running;
using Mono.Cecil;

namespace MemSentry.Mutants.Switches;

/// <summary>One way to break a gate, a body or what prepares them.</summary>
/// <param name="Member">The member that is broken.</param>
/// <param name="Apply">Does it.</param>
public sealed record SwitchMutation(MethodDefinition Member, Action Apply)
{
    /// <summary>The member as the trust list writes it.</summary>
    public string Place => MemberNames.Of(Member);
}
