namespace MemSentry.Cli.Tests;

/// <summary>Small files with the text that is expected, beside the tests. <c>MEMSENTRY_RENEW=1</c> writes what was got; look at the difference.</summary>
internal static class Golden
{
    public static void Compare(string name, string text) => CompareFile(Path.Combine(DocumentationTests.Root, "tests", "MemSentry.Cli.Tests", "Golden", name), text);

    /// <summary>The same for a file elsewhere in the repository.</summary>
    public static void CompareFile(string file, string text)
    {
        string whole = text.TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("MEMSENTRY_RENEW") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, whole);
        }

        Assert.That(whole, Is.EqualTo(File.ReadAllText(file)), $"{file} is out of date; MEMSENTRY_RENEW=1 renews it");
    }
}
