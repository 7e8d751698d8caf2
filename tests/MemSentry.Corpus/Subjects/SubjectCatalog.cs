using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Subjects;

/// <summary>What is woven and put to work, and what is woven and must not change.</summary>
public static class SubjectCatalog
{
    /// <summary>The name of the subject with as much code as all others together.</summary>
    public const string Biggest = "Roslyn";

    /// <summary>Assemblies with raw accesses.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        new PackageSubject(Biggest, ["Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll"], (_, output) => CompilerWorkload.Run(output)) { WaysInFigure = 1 },
        new PackageSubject("TraceEvent", ["Microsoft.Diagnostics.Tracing.TraceEvent.dll"], TraceWorkload.Run) { ReadsTrace = true, WaysInFigure = 2 },
        new PackageSubject("Decompiler", ["ICSharpCode.Decompiler.dll"], (_, output) => DecompilerWorkload.Run(output)) { WaysInFigure = 2 },
        new PackageSubject("Iced", ["Iced.dll"], (_, output) => MachineCodeWorkload.Run(output)) { WaysInFigure = 2 },
        new PackageSubject("Reflection.Metadata", ["System.Reflection.Metadata.dll"], (_, output) => MetadataWorkload.Run(output)),
        new PackageSubject("FASTER", ["FASTER.core.dll"], StoreWorkload.Run),
        new PackageSubject("HighPerformance", ["CommunityToolkit.HighPerformance.dll"], (_, output) => BufferWorkload.Run(output)),
        new FrameworkSubject(
            "Framework",
            [
                "System.Private.Xml.dll", "System.Private.Uri.dll", "System.Text.Encoding.CodePages.dll", "System.Runtime.Numerics.dll",
                "System.Private.DataContractSerialization.dll", "System.Reflection.Metadata.dll",
            ]) { WaysInFigure = 3 },
    ];

    /// <summary>All that the self-contained program uses, the core library excepted, which cannot be woven: what a figure weaves to time it.</summary>
    internal static FrameworkSubject WholeFramework { get; } = new(
        "framework",
        [
            "System.Collections.Concurrent.dll", "System.Collections.NonGeneric.dll", "System.Collections.Specialized.dll", "System.Collections.dll", "System.Console.dll",
            "System.Diagnostics.TraceSource.dll", "System.IO.Compression.Brotli.dll", "System.IO.Compression.dll", "System.IO.Pipelines.dll", "System.Linq.dll", "System.Memory.dll",
            "System.ObjectModel.dll", "System.Private.DataContractSerialization.dll", "System.Private.Uri.dll", "System.Private.Xml.dll", "System.Reflection.Emit.dll",
            "System.Runtime.InteropServices.dll", "System.Runtime.Numerics.dll", "System.Runtime.Serialization.Primitives.dll", "System.Security.Cryptography.dll",
            "System.Text.Encoding.CodePages.dll", "System.Text.Encodings.Web.dll", "System.Text.Json.dll", "System.Text.RegularExpressions.dll", "System.Threading.dll",
        ]);

    /// <summary>Assemblies without raw accesses of their own: only references that framework members return (span indexers) are checked there.</summary>
    public static IReadOnlyList<string> Controls { get; } = ["Newtonsoft.Json.dll", "ICSharpCode.SharpZipLib.dll", "Google.Protobuf.dll"];
}
