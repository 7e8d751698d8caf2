using MemSentry.Mutants.Kinds;
using Mono.Cecil;

namespace MemSentry.Mutants.Running;

/// <summary>
/// The mutations that are tried on one subject: of each kind about as many, drawn with a fixed seed, and spread over rounds in which no member is broken
/// twice. One broken copy of the assembly so holds many mutants, each of which the verifier has to name by itself.
/// </summary>
public sealed class Sample
{
    private readonly List<Dictionary<MetadataToken, Choice>> _rounds = [];
    private readonly int _maximum;

    private Sample(int rounds) => _maximum = rounds;

    /// <summary>The rounds.</summary>
    public IEnumerable<IReadOnlyCollection<Choice>> Rounds => _rounds.Select(r => r.Values);

    /// <summary>Draws a sample.</summary>
    /// <param name="module">The woven module.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="perKind">How many mutations of each kind are wanted.</param>
    /// <param name="rounds">How many rounds there may be.</param>
    public static Sample Draw(ModuleDefinition module, Random random, int perKind, int rounds)
    {
        var sample = new Sample(rounds);
        MethodDefinition[] members = [.. MembersToBreak(module)];
        foreach (IMemberMutationKind kind in MemberKinds.All)
        {
            Choice[] all = [.. members.SelectMany(m => kind.MutationsOf(m).Select((_, position) => new Choice(kind, m.MetadataToken, position)))];
            random.Shuffle(all);
            int taken = 0;
            for (int i = 0; i < all.Length && taken < perKind; i++)
                taken += sample.TryAdd(all[i]) ? 1 : 0;
        }

        return sample;
    }

    /// <summary>Members that findings can be told apart by, and whose offsets the trust list does not speak of.</summary>
    private static IEnumerable<MethodDefinition> MembersToBreak(ModuleDefinition module)
    {
        HashSet<string> marked = [.. TrustListText.AccessesOf(module)];
        return from member in module.GetTypes().SelectMany(t => t.Methods)
               where member.HasBody && member.DeclaringType.Name != "<MemSentry>"
               group member by MemberNames.Of(member) into named
               where named.Count() == 1 && !marked.Contains(named.Key)
               select named.Single();
    }

    private bool TryAdd(Choice choice)
    {
        if (_rounds.Find(r => !r.ContainsKey(choice.Member)) is not { } round)
        {
            if (_rounds.Count == _maximum)
                return false;
            _rounds.Add(round = []);
        }

        round.Add(choice.Member, choice);
        return true;
    }
}
