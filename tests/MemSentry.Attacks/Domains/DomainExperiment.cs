using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private const int RowsUnderWay = 200;

    /// <summary>Ciphertext of one secret differs from close to close.</summary>
    private const int Regions = 2;

    private static bool _isReadable;

    /// <summary>Runs the rows of a list.</summary>
    /// <param name="folder">Where the fixtures are.</param>
    /// <param name="seed">What the secret is made from.</param>
    /// <param name="names">The rows' names.</param>
    public static int Run(string folder, int seed, IReadOnlySet<string> names)
    {
        Assembly[] fixtures = [.. ((string[])[CSharpFixtures.FileName, IlFixtures.FileName]).Select(file => Assembly.LoadFrom(Path.Combine(folder, file)))];
        foreach (Assembly fixture in fixtures)
            RuntimeHelpers.RunModuleConstructor(fixture.ManifestModule.ModuleHandle);

        _isReadable = MemSentryRuntime.Status.Methods.Contains("crypt");
        var pattern = new Pattern(seed);
        var memory = new RowMemory(pattern);
        Follower.SetValue(pattern.TokenValue);
        SafeRegion[] regions = [.. Enumerable.Range(0, Regions).Select(_ => Allocate())];
        Target[] shared = [.. regions.Select(region => ExperimentProgram.RegionTarget(fixtures[0], region))];
        Secrets.Region = regions[0];
        using var forks = new ForkedCall(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength);
        RequireThatAWindowWorks(forks, fixtures[0], memory.Secret(new LoadAttackAttribute("")));
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
            InheritRegions();
            Func<(Outcome? Outcome, int Signal, string Errors)> fork = forks.Start(() => Pack(Attack(method, targets, secret, pattern.Value)));
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

    /// <summary>Without an attack, a fork finds the region as it was: otherwise its end would prove nothing.</summary>
    private static void RequireThatAWindowWorks(ForkedCall forks, Assembly fixtures, byte[] secret)
    {
        Target target = ExperimentProgram.RegionTarget(fixtures, Allocate());
        target.Fill(secret);
        InheritRegions();
        (Outcome? outcome, int signal, string errors) = forks.Start(() =>
        {
            byte[] read = new byte[Pattern.Length];
            target.Read(read);
            return new(null, null, null, "", !read.AsSpan().SequenceEqual(secret));
        })();
        if (outcome is not { Changed: false })
            throw new InvalidOperationException($"A fork does not find an untouched region as it was (signal {signal}): {errors}");
    }

    private static SafeRegion Allocate() => SafeRegion.Allocate(Pattern.Length, new SafeRegionOptions { Name = "attack target", MaxRegionSize = Pattern.Length });

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static DomainFacts Attack(MethodInfo method, Target[] targets, byte[] secret, ulong value)
    {
        var facts = new DomainFacts(NameOf(method), [], [], null, false, false, false, 0, "");
        foreach (Target target in targets)
        {
            byte[] seen = Look(target);
            facts = method.ReturnType == typeof(void) ? Store(method, target, value, facts) : Load(method, target, seen, facts);
            facts = facts with { Changed = facts.Changed || !Look(target).AsSpan().SequenceEqual(seen), ShowsSecret = facts.ShowsSecret || seen.AsSpan().SequenceEqual(secret) };
            if (method.ReturnType == typeof(void))
                target.Read(new byte[Pattern.Length]);
        }

        return facts;
    }

    private static DomainFacts Store(MethodInfo method, Target target, ulong value, DomainFacts facts)
    {
        try
        {
            method.CreateDelegate<Action<nint, ulong>>()(target.Address, value);
            return facts;
        }
        catch (Exception e)
        {
            return facts with { Exception = e.GetType().Name };
        }
    }

    private static DomainFacts Load(MethodInfo method, Target target, byte[] seen, DomainFacts facts)
    {
        var load = method.CreateDelegate<Func<nint, ulong>>();
        (string value, string? exception) = Result(load, target.Address);
        facts = facts with { Values = exception is null || seen.Length > 0 ? [.. facts.Values, value] : facts.Values, Exception = facts.Exception ?? exception };
        if (seen.Length == 0)
            return facts;

        nint ordinary = (nint)NativeMemory.AlignedAlloc(Pattern.Length, 64);
        Marshal.Copy(seen, 0, ordinary, seen.Length);
        return facts with { OfCiphertext = [.. facts.OfCiphertext, Result(load, ordinary + Pattern.Target).Value] };
    }

    private static (string Value, string? Exception) Result(Func<nint, ulong> load, nint address)
    {
        try
        {
            return (load(address).ToString("x16"), null);
        }
        catch (Exception e)
        {
            return (e.GetType().Name, e.GetType().Name);
        }
    }

    /// <summary>What everybody may read without a window: ciphertext, or nothing.</summary>
    private static byte[] Look(Target target) =>
        _isReadable ? new ReadOnlySpan<byte>((void*)(target.Address - Pattern.Target), Pattern.Length).ToArray() : [];

    /// <summary>Through the pipe of a fork goes an <see cref="Outcome"/>: its memory is the facts.</summary>
    private static Outcome Pack(DomainFacts facts) => new(null, null, null, JsonSerializer.Serialize(facts, FactsJson.Default.DomainFacts), false);

    private static DomainFacts Facts(string row, AttackAttribute attack, (Outcome? Outcome, int Signal, string Errors) end)
    {
        DomainFacts facts = end.Outcome is { } outcome
            ? JsonSerializer.Deserialize(outcome.Memory, FactsJson.Default.DomainFacts)!
            : new(row, [], [], null, false, false, false, end.Signal, end.Errors);
        return facts with { IsLedByMemory = attack.ReadsReference || attack.ReadsInterface || attack.ReadsText };
    }

    /// <summary>Regions, which may have come to lie in new pages, and of encrypted ones tags and code, go to forks, too, which they never do outside of this test.</summary>
    private static void InheritRegions()
    {
        _ = LibC.Advise(AddressSpaceLayout.BlockStart, AddressSpaceLayout.BlockLength, LibC.AdviceDoFork);
        foreach (string line in File.ReadLines("/proc/self/maps").Where(line => line.Contains("memsentry-tags", StringComparison.Ordinal) || line.Contains(" --xp ", StringComparison.Ordinal)))
        {
            ulong[] bounds = [.. line[..line.IndexOf(' ', StringComparison.Ordinal)].Split('-').Select(b => ulong.Parse(b, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
            _ = LibC.Advise(bounds[0], bounds[1] - bounds[0], LibC.AdviceDoFork);
        }
    }

    private static void Print(DomainFacts facts) => Console.WriteLine(ExperimentProgram.Facts + JsonSerializer.Serialize(facts, FactsJson.Default.DomainFacts));
}
