using MemSentry.Robustness.Judging;
using MemSentry.Robustness.Subjects;

namespace MemSentry.Robustness.Running;

/// <summary>One damaged assembly in a folder of its own, handed to every command.</summary>
internal sealed class Trial(string folder, WorkerProcess worker)
{
    private static readonly string[][] Formats = [["--format", "json"], ["--format", "sarif"], ["--format", "markdown"], []];

    /// <summary>Runs all commands over a damaged assembly.</summary>
    public TrialResult Run(DamagedInput input)
    {
        bool isWoven = false, isProven = false;
        Directory.CreateDirectory(folder);
        string assembly = Path.Combine(folder, input.Subject.Name + ".dll");
        string output = Path.Combine(folder, "out");
        File.WriteAllBytes(assembly, input.Image);
        string pdb = Path.ChangeExtension(assembly, ".pdb");
        File.Delete(pdb);
        if (input.Pdb is not null)
            File.WriteAllBytes(pdb, input.Pdb);

        string[] format = Formats[input.Number % Formats.Length];
        string? wrong =
            Judge(input, ["weave", assembly, "--output", output, "--reference", AppContext.BaseDirectory, .. format], result => Weave.Judge(result, output, input))
            ?? (File.Exists(Path.Combine(output, Path.GetFileName(assembly))) ? Judge(input, ["verify", output, "--reference", AppContext.BaseDirectory], JudgeWoven) : null)
            ?? Judge(input, ["list", assembly, "--reference", AppContext.BaseDirectory, .. format], Sentence.Judge)
            ?? Judge(input, ["explain", assembly, SubjectFactory.Member, "--reference", AppContext.BaseDirectory], Sentence.Judge)
            ?? Judge(input, ["verify", assembly, "--reference", AppContext.BaseDirectory, .. format], Sentence.Judge);
        if (wrong is null && !File.ReadAllBytes(assembly).AsSpan().SequenceEqual(input.Image))
            wrong = "the input was changed";
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        return new TrialResult(wrong, isWoven, isProven);

        // A body that was damaged and still reads has no defined meaning; the verifier may not know what to make of it, and then says so.
        string? JudgeWoven(CommandResult result)
        {
            (isWoven, isProven) = (true, result.ExitCode == 0);
            return Sentence.Judge(result);
        }
    }

    private string? Judge(DamagedInput input, string[] arguments, Func<CommandResult, string?> judge)
    {
        (CommandResult? result, string? failure) = worker.Run(arguments);
        string? wrong = result is null ? failure : judge(result);
        return wrong is null ? null : $"{arguments[0]} ({input.Subject.Name}, {input.Mutation}): {wrong}";
    }
}
