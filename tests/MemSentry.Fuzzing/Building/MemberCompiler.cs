using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Il;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;

namespace MemSentry.Fuzzing.Building;

/// <summary>Makes assemblies of members, many at once, so that what they share is compiled once.</summary>
public sealed class MemberCompiler
{
    private readonly Lazy<MetadataReference[]> _references = new(() => [.. CSharpFixtures.References().Select(path => MetadataReference.CreateFromFile(path))]);
    private readonly Lazy<SyntaxTree[]> _prelude = new(() => [.. SourceFiles.Prelude.Select(Parse)]);
    private readonly Lazy<byte[]> _ilPrelude;

    /// <summary>Prepares what all assemblies share.</summary>
    public MemberCompiler() =>
        _ilPrelude = new(() => Compile(SourceFiles.VocabularyCalls(), BuildConfiguration.Release, "FuzzPrelude"));

    /// <summary>Compiles or assembles members of one form.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="form">Their form.</param>
    /// <param name="configuration">How C# is compiled.</param>
    /// <param name="members">The members; null stands for one that is left out.</param>
    /// <exception cref="InvalidOperationException">The C# is wrong: a defect of the generator.</exception>
    public byte[] Make(string name, MemberForm form, BuildConfiguration configuration, IReadOnlyList<Member?> members) => form == MemberForm.CSharp
        ? Compile(SourceFiles.Members(members), configuration, name)
        : Assemble(name, members);

    private byte[] Assemble(string name, IReadOnlyList<Member?> members)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(_ilPrelude.Value));
        module.Assembly.Name.Name = name;
        module.Name = name + ".dll";
        new IlModule(module).Add(members);
        var image = new MemoryStream();
        module.Write(image, new WriterParameters { DeterministicMvid = true });
        return image.ToArray();
    }

    /// <summary>Compiles a file behind the prelude.</summary>
    private byte[] Compile(string source, BuildConfiguration configuration, string name) =>
        KeptImages.Get([source, $"{configuration}", name], () => [CompileToImage(source, configuration, name)])[0];

    private byte[] CompileToImage(string source, BuildConfiguration configuration, string name)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: configuration == BuildConfiguration.Debug ? OptimizationLevel.Debug : OptimizationLevel.Release,
            allowUnsafe: true,
            deterministic: true,
            concurrentBuild: false,
            platform: Platform.X64,
            warningLevel: 0);
        var image = new MemoryStream();
        EmitResult result = CSharpCompilation.Create(name, [.. _prelude.Value, Parse(source)], _references.Value, options).Emit(image);
        CSharpFixtures.Check(result);
        return image.ToArray();
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest));
}
