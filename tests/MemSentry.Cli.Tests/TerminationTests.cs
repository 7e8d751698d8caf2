namespace MemSentry.Cli.Tests;

/// <summary>A run that is told to end leaves whole outputs, or none.</summary>
public class TerminationTests
{
    private const int Inputs = 500;

    // What a shell reports for a process that SIGINT or SIGTERM ended: 128 and the signal's number.
    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void A_signal_ends_the_run_and_leaves_no_half_written_file(string signal, int exitCode)
    {
        using var folder = new WorkFolder();
        string original = folder.Library("Input");
        string[] inputs = [.. Enumerable.Range(0, Inputs).Select(i => folder[$"Input{i:D3}.dll"])];
        foreach (string input in inputs)
            File.Copy(original, input);

        // The shell waits for the first output, then sends the signal; env lets the tool hear SIGINT, which background commands are deaf to.
        string script = $"env --default-signal=INT \"$@\" & until ls '{folder["out"]}'/*.dll >/dev/null 2>&1; do :; done; kill -{signal} $!; wait $!";
        CliResult result = CliProcess.RunUnder(["/bin/sh", "-c", script, "sh"], ["weave", .. inputs, "--output", folder["out"], "--jobs", "1"]);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        string[] left = Directory.GetFiles(folder["out"], "*", new EnumerationOptions { AttributesToSkip = 0 });
        Assert.That(left, Is.Not.Empty.And.Length.LessThan(Inputs));
        Assert.That(left.Select(Path.GetFileName), Has.All.StartsWith("Input"), "temporary files begin with a point");
        Assert.That(CliProcess.Run(["verify", .. left]).ExitCode, Is.Zero);
    }
}
