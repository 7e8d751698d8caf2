using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Writing;
using Microsoft.CodeAnalysis;
using Mono.Cecil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>A source whose members are changed before they are planned, and have to do afterwards what they did before.</summary>
/// <param name="source">The source, compiled with optimisation.</param>
/// <param name="type">The class whose members are called.</param>
/// <param name="call">Calls one of them, by its full name, with memory that it may read and write.</param>
internal sealed class PreparedSource(string source, string type, Func<WovenFixture, string, object?> call)
{
    private readonly CSharpFixture _original = CSharpFixture.Compile(source, OptimizationLevel.Release);

    /// <summary>The options under which no member is changed, by the name of what is missing.</summary>
    public static WeaverOptions Without(string way) => way switch
    {
        "none" => new WeaverOptions { ProtMethod = ProtectionMethod.None },
        "naive" => new WeaverOptions { NoOptimize = true },
        "unhoisted" => new WeaverOptions { DisabledPass = PlanningPass.Hoisting },
        "undisplaced" => new WeaverOptions { DisabledPass = PlanningPass.Displacement },
        "unloaded" => new WeaverOptions { DisabledPass = PlanningPass.Reloads },
        "disabled" => new WeaverOptions { DisabledPass = PlanningPass.Accessors },
        "distrust" => new WeaverOptions { Trust = PointerTrust.None },
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "Nothing is called so."),
    };

    /// <summary>As the compiler wrote it.</summary>
    public ModuleDefinition Read() => _original.Read();

    /// <summary>As it is woven.</summary>
    public ModuleDefinition Weave(WeaverOptions? options = null) => Weave(options, out _);

    /// <summary>The same, with what was planned.</summary>
    public ModuleDefinition Weave(WeaverOptions? options, out ModulePlan plan)
    {
        ModuleDefinition module = Read();
        var diagnostics = new DiagnosticList();
        ModulePlan? made = ModuleWeave.Apply(new ModuleMembers(module), options ?? new WeaverOptions(), diagnostics);
        Assert.That(made, Is.Not.Null, string.Join('\n', diagnostics));
        plan = made!;
        return module;
    }

    /// <summary>A member of the class.</summary>
    public MethodDefinition Member(ModuleDefinition module, string member) => module.GetType(type).Methods.Single(m => m.Name == member);

    /// <summary>A module that runs.</summary>
    public static WovenFixture Load(ModuleDefinition module) => new(WovenImage.Create(module, DebugFormat.None, null).Assembly);

    /// <summary>A member does what it does as the compiler wrote it.</summary>
    public void AssertSameResults(ModuleDefinition module, string member)
    {
        using WovenFixture woven = Load(module);
        using var original = new WovenFixture(_original.Image);
        Assert.That(call(woven, $"{type}.{member}"), Is.EqualTo(call(original, $"{type}.{member}")));
    }
}
