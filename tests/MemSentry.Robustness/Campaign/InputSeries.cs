using MemSentry.Robustness.Mutations;
using MemSentry.Robustness.Running;
using MemSentry.Robustness.Subjects;

namespace MemSentry.Robustness.Campaign;

/// <summary>The inputs of a campaign: each follows from seed and number alone, whoever runs it and when.</summary>
internal sealed class InputSeries(IReadOnlyList<Subject> subjects, int seed)
{
    // Debug information is one thing among many that lie beside an assembly.
    private const int OneInPdb = 12;

    private readonly ImageMap[] _maps = [.. subjects.Select(s => new ImageMap(s.Image))];

    /// <summary>The input of a number. Kinds of damage take turns; now and then two of them meet.</summary>
    public DamagedInput this[int number]
    {
        get
        {
            var random = new Random(HashCode(number));
            int chosen = random.Next(subjects.Count);
            Subject subject = subjects[chosen];
            if (subject.Pdb is { } pdb && random.Next(OneInPdb) == 0)
                return new DamagedInput(number, subject, "debug information", subject.Image, Damage(pdb, random));

            Mutation mutation = MutationCatalog.All[number % MutationCatalog.All.Count];
            return new DamagedInput(number, subject, mutation.Name, mutation.Apply(_maps[chosen], random), subject.Pdb);
        }
    }

    // Not System.HashCode, which has a seed of its own in every process.
    private int HashCode(int number) => unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)number * 2246822519u)));

    private static byte[] Damage(byte[] pdb, Random random)
    {
        byte[] damaged = [.. pdb];
        int length = random.Next(1, 9);
        random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - length), length));
        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }
}
