using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build.Handover;

/// <summary>
/// Which build of the weaver: the MVIDs of its assemblies, which are hashes of their content. A date would not do: a package that
/// was downgraded is older than what it wove.
/// </summary>
internal sealed record WeaverIdentity(Guid Fody, Guid Build, Guid Weaver, Guid Analysis, Guid AccessTable, Guid Images)
{
    /// <summary>The weaver that Fody will load, as it is on disk now.</summary>
    /// <param name="file">MemSentry.Fody.dll.</param>
    public static WeaverIdentity OnDisk(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new(ReadMvid(file),
            ReadMvid(Path.Combine(folder, "MemSentry.Build.dll")),
            ReadMvid(Path.Combine(folder, "MemSentry.Weaver.dll")),
            ReadMvid(Path.Combine(folder, "MemSentry.Analysis.dll")),
            ReadMvid(Path.Combine(folder, "MemSentry.AccessTable.dll")),
            ReadMvid(Path.Combine(folder, "MemSentry.Images.dll")));
    }

    /// <summary>The weaver that runs.</summary>
    public static WeaverIdentity InMemory(Assembly fody, Assembly build, Assembly weaver, Assembly analysis, Assembly accessTable, Assembly images) =>
        new(MvidOf(fody), MvidOf(build), MvidOf(weaver), MvidOf(analysis), MvidOf(accessTable), MvidOf(images));

    /// <exception cref="WeaveException">A build node kept an older weaver in memory (MS4005).</exception>
    public void RequireSameAs(WeaverIdentity other)
    {
        if (this != other)
            throw OutOfDate();
    }

    public static WeaveException OutOfDate() => new(Diagnostic.Error(DiagnosticId.WeaverOutOfDate,
        "This build process still holds another version of the weaver in memory; run 'dotnet build-server shutdown' and build again."));

    private static Guid MvidOf(Assembly assembly) => assembly.ManifestModule.ModuleVersionId;

    /// <summary>The module version id of an assembly file.</summary>
    public static Guid ReadMvid(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
