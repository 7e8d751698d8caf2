using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Contract;
using MemSentry.Attacks.Outside;
using MemSentry.Attacks.Running;

namespace MemSentry.Attacks.Domains;

/// <summary>
/// The child process of a domain-based method: leads each attack to regions that are closed, in a fork, since that may be its end. Regions are filled before the
/// fork; a store is followed by a look at the region through a window, in which <c>crypt</c> has to find it out.
/// </summary>
public static unsafe class DomainExperiment
{
    private const int RowsUnderWay = 60;

    /// <summary>Ciphertext of one secret differs from close to close: a byte of it may be the secret's by chance, but hardly in all of these.</summary>
    private const int Regions = 4;

    /// <summary>Runs the rows of a list.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="names">The rows' names.</param>
    public static int Run(string folder, int seed, IReadOnlySet<string> names)
    {
        Assembly[] fixtures = [.. ((string[])[CSharpFixtures.FileName, IlFixtures.FileName]).Select(file => Assembly.LoadFrom(Path.Combine(folder, file)))];
        foreach (Assembly fixture in fixtures)
            RuntimeHelpers.RunModuleConstructor(fixture.ManifestModule.ModuleHandle);

        s_isReadable = MemSentryRuntime.Status.Methods.Contains("crypt");
        var pattern = new Pattern(seed);
        var memory = new RowMemory(pattern);
        Follower.SetValue(pattern.TokenValue);
        SafeRegion[] regions = [.. Enumerable.Range(0, Regions).Select(_ => Allocate())];
        Target[] shared = [.. regions.Select(region => ExperimentProgram.RegionTarget(fixtures[0], region))];
        Secrets.Region = regions[0];
        using var forks = new ForkedCall(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength);
        var underWay = new Queue<Func<DomainFacts>>();
        foreach ((MethodInfo method, AttackAttribute attack) in Rows(fixtures).Where(r => names.Contains(NameOf(r.Method))))
        {
            // What is stored to is looked at later: nobody may close it in the meantime.
            Target[] targets = method.ReturnType == typeof(void) ? [ExperimentProgram.RegionTarget(fixtures[0], Allocate())] : shared;
            byte[] secret = memory.Secret(attack);
            foreach (Target target in targets)
                target.Fill(secret);

            // Nothing of the attack is left to compile in the fork.
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
            InheritTags();
            Func<(Outcome? Outcome, int Signal, string Errors)> fork = forks.Start(() => Attack(method, targets, pattern.Value));
            underWay.Enqueue(() => Facts(NameOf(method), attack, fork()));
            if (underWay.Count > RowsUnderWay)
                Print(underWay.Dequeue()());
        }

        while (underWay.TryDequeue(out Func<DomainFacts>? facts))
            Print(facts());

        Console.WriteLine(ExperimentProgram.End);
        return 0;
    }

    /// <summary>Rows by name. Those that need threads are none: a fork has one.</summary>
    public static IEnumerable<(MethodInfo Method, AttackAttribute Attack)> Rows(IEnumerable<Assembly> fixtures) =>
        from fixture in fixtures
        from type in fixture.GetTypes()
        where type.Namespace == "MemSentry.Attacks.Fixtures"
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let attack = method.GetCustomAttribute<AttackAttribute>()
        where attack is { NeedsThreads: false }
        select (method, attack);

    private static bool s_isReadable;

    private static SafeRegion Allocate() => SafeRegion.Allocate(Pattern.Length, new SafeRegionOptions { Name = "attack target", MaxRegionSize = Pattern.Length });

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static Outcome Attack(MethodInfo method, Target[] targets, ulong value)
    {
        string? exception = null;
        var values = new List<string>();
        bool changed = false;
        foreach (Target target in targets)
        {
            byte[] before = Look(target);
            try
            {
                if (method.ReturnType == typeof(void))
                    method.CreateDelegate<Action<nint, ulong>>()(target.Address, value);
                else
                    values.Add(method.CreateDelegate<Func<nint, ulong>>()(target.Address).ToString("x16"));
            }
            catch (Exception e)
            {
                exception = e.GetType().Name;
            }

            changed |= !Look(target).AsSpan().SequenceEqual(before);
            if (method.ReturnType == typeof(void))
                target.Read(new byte[Pattern.Length]);
        }

        return new(string.Join(',', values), exception, null, "", changed);
    }

    /// <summary>What everybody may read without a window: ciphertext, or nothing.</summary>
    private static byte[] Look(Target target) =>
        s_isReadable ? new ReadOnlySpan<byte>((void*)(target.Address - Pattern.Target), Pattern.Length).ToArray() : [];

    private static DomainFacts Facts(string row, AttackAttribute attack, (Outcome? Outcome, int Signal, string Errors) end) => new(
        row,
        end.Outcome?.Value?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [],
        end.Outcome?.Exception,
        end.Outcome?.Changed ?? false,
        attack.ReadsReference || attack.ReadsInterface || attack.ReadsText,
        end.Outcome is null ? end.Signal : 0,
        end.Errors);

    /// <summary>The tags of encrypted regions go to forks, too, which they never do outside of this test.</summary>
    private static void InheritTags()
    {
        foreach (string line in File.ReadLines("/proc/self/maps").Where(line => line.Contains("memsentry-tags", StringComparison.Ordinal)))
        {
            ulong[] bounds = [.. line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-').Select(b => ulong.Parse(b, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            _ = LibC.Advise(bounds[0], bounds[1] - bounds[0], LibC.AdviceDoFork);
        }
    }

    private static void Print(DomainFacts facts) => Console.WriteLine(ExperimentProgram.Facts + JsonSerializer.Serialize(facts, FactsJson.Default.DomainFacts));
}
