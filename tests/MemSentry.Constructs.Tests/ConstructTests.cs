using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;

namespace MemSentry.Constructs.Tests;

/// <summary>What compilers make of each construct does, woven, what it does unwoven.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ConstructTests
{
    // Enough for the JIT to compile members again while they are in use.
    private const int Rounds = 8;

    private static IEnumerable<TestCaseData> EveryBuild() =>
        from build in Variant.Builds
        select new TestCaseData(build.Variant, build.Configuration).SetArgDisplayNames(build.Variant.Name, build.Configuration.ToString());

    private static IEnumerable<TestCaseData> EveryMode() =>
        from variant in Variant.Methods
        from mode in Modes.Other
        select new TestCaseData(variant, mode).SetArgDisplayNames(variant.Name, mode.Name);

    [TestCaseSource(nameof(EveryBuild))]
    public void Woven_fixtures_print_what_the_unwoven_ones_print(Variant variant, BuildConfiguration configuration)
    {
        ProtectionKeys.SkipWithout(variant);

        Assert.That(SharedWorkshop.Actual(variant, configuration, ExecutionMode.Default), Is.EqualTo(SharedWorkshop.Expected(configuration, ExecutionMode.Default)));
    }

    [TestCaseSource(nameof(EveryMode))]
    public void They_do_so_however_the_runtime_compiles_them(Variant variant, ExecutionMode mode) =>
        Assert.That(
            SharedWorkshop.Actual(variant, BuildConfiguration.Release, mode, Rounds),
            Is.EqualTo(SharedWorkshop.Expected(BuildConfiguration.Release, mode, Rounds)));

    // Members with many references in registers and on the stack, some of them through raw memory.
    [Test]
    public void They_do_so_while_the_collector_moves_everything(
        [ValueSource(typeof(Variant), nameof(Variant.Methods))] Variant variant,
        [Values("Constructs.References.", "Constructs.Il.", "Constructs.Asynchronous.Spans")] string fixtures) =>
        Assert.That(
            SharedWorkshop.Actual(variant, BuildConfiguration.Release, ExecutionMode.GarbageCollectionStress, filter: fixtures),
            Is.EqualTo(SharedWorkshop.Expected(BuildConfiguration.Release, ExecutionMode.GarbageCollectionStress, filter: fixtures)));

    [Test]
    public void Gates_and_twins_do_so_when_they_are_compiled_again([ValueSource(typeof(Variant), nameof(Variant.Domains))] Variant variant)
    {
        ProtectionKeys.SkipWithout(variant);

        Assert.That(
            SharedWorkshop.Actual(variant, BuildConfiguration.Release, Modes.EarlyPromotion, Rounds),
            Is.EqualTo(SharedWorkshop.Expected(BuildConfiguration.Release, Modes.EarlyPromotion, Rounds)));
    }

    /// <summary>Gates that call stubs, on any machine: what the stubs lead to is another method.</summary>
    [Test]
    public void Gates_for_keys_do_so_when_another_method_stands_in([Values("mprotect", "crypt")] string method) =>
        Assert.That(
            SharedWorkshop.Actual(Variant.Mpk, BuildConfiguration.Release, Modes.StandIn(method)),
            Is.EqualTo(SharedWorkshop.Expected(BuildConfiguration.Release, ExecutionMode.Default)));

    [Test]
    public void The_child_sees_a_region_that_is_left_open([Values("mprotect", "crypt")] string method) =>
        Assert.That(
            () => ConstructProcess.Run(SharedWorkshop.LeftOpen(Variant.All.Single(v => v.Name == method)), Variant.All.Single(v => v.Name == method), ExecutionMode.Default, filter: "Iterators."),
            Throws.InvalidOperationException.With.Message.Contains("exit code 4").And.Message.Contains("The region is open behind Constructs.Iterators."));

    [Test]
    public void Fixtures_say_the_same_in_every_round()
    {
        string[] lines = SharedWorkshop.Expected(BuildConfiguration.Release, Modes.EarlyPromotion, Rounds).Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Where(line => line.StartsWith("round ", StringComparison.Ordinal)), Is.Empty);
            Assert.That(lines.Where(line => line.StartsWith("threw ", StringComparison.Ordinal)), Is.Empty);
            Assert.That(lines.Count(line => line.StartsWith(ConstructProgram.Begin, StringComparison.Ordinal)), Is.GreaterThan(150));
        }
    }
}
