using MemSentry.Attacks.Building;
using MemSentry.Fuzzing.Generation.CSharp;
using MemSentry.Fuzzing.Generation.Il;
using MemSentry.Fuzzing.Generation.Tree;
using Mono.Cecil;

namespace MemSentry.Fuzzing.Building;

/// <summary>Makes assemblies of members, many at once, so that what they share is compiled once.</summary>
public sealed class MemberCompiler
{
    private readonly PreludeCompiler _compiler = new(SourceFiles.Prelude);
    private readonly Lazy<byte[]> _ilPrelude;

    /// <summary>Prepares what all assemblies share.</summary>
    public MemberCompiler() =>
        _ilPrelude = new(() => _compiler.Compile(SourceFiles.VocabularyCalls(), BuildConfiguration.Release, "FuzzPrelude"));

    /// <summary>Compiles or assembles members of one form.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="form">Their form.</param>
    /// <param name="configuration">How C# is compiled.</param>
    /// <param name="members">The members; null stands for one that is left out.</param>
    /// <exception cref="InvalidOperationException">The C# is wrong: a defect of the generator.</exception>
    public byte[] Make(string name, MemberForm form, BuildConfiguration configuration, IReadOnlyList<Member?> members) => form == MemberForm.CSharp
        ? _compiler.Compile(SourceFiles.Members(members), configuration, name)
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
}
