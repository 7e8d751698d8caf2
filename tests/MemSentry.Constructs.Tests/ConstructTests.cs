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

    private static IEnumerable<TestCaseData> EveryMode() =>
        from variant in Variant.Methods
        from mode in Modes.Other
        select new TestCaseData(variant, mode).SetArgDisplayNames(variant.Name, mode.Name);

    [Test]
    public void Woven_fixtures_print_what_the_unwoven_ones_print(
        [ValueSource(typeof(Variant), nameof(Variant.Woven))] Variant variant, [Values] BuildConfiguration configuration) =>
        Assert.That(SharedWorkshop.Actual(variant, configuration, ExecutionMode.Default), Is.EqualTo(SharedWorkshop.Expected(configuration, ExecutionMode.Default)));

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
    public void Gates_and_twins_do_so_when_they_are_compiled_again() =>
        Assert.That(
            SharedWorkshop.Actual(Variant.Mprotect, BuildConfiguration.Release, Modes.EarlyPromotion, Rounds),
            Is.EqualTo(SharedWorkshop.Expected(BuildConfiguration.Release, Modes.EarlyPromotion, Rounds)));

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
