using System.Runtime.InteropServices;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Fixtures;

/// <summary>A module compiled in process from C# source, and what the planner says about it.</summary>
internal sealed class CSharpFixture
{
    private const string Prelude = """
        global using System;
        global using System.Collections.Generic;
        global using System.Runtime.CompilerServices;
        global using System.Runtime.InteropServices;
        global using System.Threading.Tasks;
        global using MemSentry;

        namespace MemSentry
        {
            [AttributeUsage(AttributeTargets.All)] public sealed class SafeRegionAccessAttribute : Attribute;
            [AttributeUsage(AttributeTargets.All)] public sealed class SectionAttribute(string name) : Attribute { public string Name => name; }
            [AttributeUsage(AttributeTargets.All)] public sealed class AcceptsSafeRegionAttribute : Attribute;
            public sealed class SafeRegion { public extern Span<byte> Span { [MethodImpl(MethodImplOptions.InternalCall)] get; } }
            public static class MemSentryMarkers { public static void SafeRegionAccess() { } }
        }
        """;

    // Read once: two hundred fixtures are compiled, and compilations with the same references share what they know of them.
    private static readonly MetadataReference[] References =
        [.. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "System*.dll").Where(IsManaged).Select(f => MetadataReference.CreateFromFile(f))];

    private CSharpFixture(ModuleDefinition module)
    {
        Module = module;
    }

    public ModuleDefinition Module { get; }

    public DiagnosticList Diagnostics { get; } = [];

    public static CSharpFixture Compile(string source, OptimizationLevel level = OptimizationLevel.Release) => new(ModuleDefinition.ReadModule(
        new MemoryStream(CompileToImage(level, Prelude, source)), new ReaderParameters { AssemblyResolver = FrameworkResolver.Create() }));

    /// <summary>Compiles without the prelude.</summary>
    public static byte[] CompileToImage(OptimizationLevel level, params string[] sources) => KeptImages.Get([$"{level}", .. sources], () => [Compile(level, sources)])[0];

    /// <summary>The plan of the whole module.</summary>
    public ModulePlan Plan(WeaverOptions? options = null) => ModulePlanner.Plan(new ModuleMembers(Module), options ?? new WeaverOptions(), Diagnostics);

    /// <summary>The decisions about one member, as in the plan's text form but without offsets; empty if it has no address operands.</summary>
    public string Decisions(string member, WeaverOptions? options = null)
    {
        ModulePlan plan = Plan(options);
        Assert.That(Module.GetTypes().SelectMany(t => t.Methods).Select(m => m.Name), Does.Contain(member), "no such member");
        MemberPlan? found = plan.All.SingleOrDefault(p => p.Method.Name == member);
        return found is null ? "" : string.Join("\n", PlanText.Of(found).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l[10..]));
    }

    public IEnumerable<string> WhitelistedNames(WeaverOptions? options = null) => Plan(options).Whitelist.Select(m => m.Name);

    private static byte[] Compile(OptimizationLevel level, string[] sources)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, allowUnsafe: true);
        CSharpCompilation compilation = CSharpCompilation.Create("Fixture", [.. sources.Select(s => CSharpSyntaxTree.ParseText(s))], References, options);
        var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.That(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)));
        return image.ToArray();
    }

    private static bool IsManaged(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var image = new System.Reflection.PortableExecutable.PEReader(stream);
        return image.HasMetadata;
    }
}
