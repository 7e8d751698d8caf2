using MemSentry.Corpus.Subjects;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Children;

/// <summary>A trace to parse: the runtime itself records what happens while another workload runs unwoven.</summary>
internal static class TraceRecording
{
    /// <summary>Records.</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <returns>The file.</returns>
    public static string Make(string folder)
    {
        string trace = Path.Combine(folder, TraceWorkload.FileName);
        Subject recorded = SubjectCatalog.All.Single(s => s.Name == "Iced");
        string members = Path.Combine(folder, "no members");
        MemberChoice.Write(members, []);
        ChildProcess.Run(
            recorded.Program(recorded.Originals, Directory.CreateDirectory(Path.Combine(folder, "recorded")).FullName, members),
            ("DOTNET_EnableEventPipe", "1"),
            ("DOTNET_EventPipeOutputPath", trace),
            ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x4c14fccbd:5,Microsoft-DotNETCore-SampleProfiler:0:5"));
        return trace;
    }
}
