using MemSentry.Analysis.Options;
using MemSentry.Mutants.Equivalence;
using MemSentry.Mutants.Kinds;
using MemSentry.Mutants.Sites;
using MemSentry.Mutants.Subjects;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Running;

/// <summary>A member with a broken check.</summary>
internal sealed class BrokenMember
{
    private readonly MethodDefinition _member;
    private readonly PointerTrust _trust;
    private readonly Instruction _behind;
    private readonly Instruction _consumer;
    private readonly bool _isFreshHandle;
    private readonly Instruction? _variable;

    private BrokenMember(MethodDefinition member, MemberMutation mutation, Choice choice, Subject subject)
    {
        _member = member;
        _trust = subject.Options.Trust;
        var body = new MutableBody(member);
        _behind = body.Code[mutation.Site.End];
        _consumer = body.ConsumerOf(mutation.Site);
        _variable = mutation.Site is CompareSite { IsOfVariable: true } compare ? compare.Load() : null;
        Name = MemberNames.Of(member);
        Mutant = new Mutant(choice.Kind.Name, mutation.How, subject.Name, $"{Name} at IL_{mutation.Site.Offset:x4}");
        _isFreshHandle = FreshHandle.IsCheckedBy(mutation.Site);
        mutation.Apply(body);
    }

    /// <summary>Its name, as findings have it.</summary>
    public string Name { get; }

    /// <summary>What was broken.</summary>
    public Mutant Mutant { get; }

    /// <summary>Whether another check covers what the broken one was for, by an analysis that has nothing in common with the verifier's.</summary>
    public bool IsCheckedElsewhere => _isFreshHandle || (_variable is null
        ? CheckedElsewhere.Covers(_member, _behind, _consumer, _trust)
        : CheckedElsewhere.CoversVariable(_member, _behind, _consumer, _variable, _trust));

    /// <summary>Breaks one.</summary>
    public static BrokenMember Break(ModuleDefinition module, Choice choice, Subject subject)
    {
        var member = (MethodDefinition)module.LookupToken(choice.Member);
        return new BrokenMember(member, choice.Kind.MutationsOf(member).ElementAt(choice.Position), choice, subject);
    }
}
