using Mono.Cecil;

namespace MemSentry.Mutants.Kinds;

/// <summary>A kind of mutation that breaks one check of one member.</summary>
public interface IMemberMutationKind
{
    /// <summary>Its name, in lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>What it can do to a member, always in the same order.</summary>
    IEnumerable<MemberMutation> MutationsOf(MethodDefinition member);
}
