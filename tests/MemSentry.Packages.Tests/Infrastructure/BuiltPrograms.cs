namespace MemSentry.Packages.Tests.Infrastructure;

/// <summary>What documents call <c>App.dll</c> and <c>Parser.dll</c>: assemblies with raw accesses that somebody has built without us.</summary>
internal static class BuiltPrograms
{
    private static readonly Lazy<Workspace> Built = new(Build);

    /// <summary>Copies them to where the commands of documents look for them: here, in a publish folder, in <c>bin</c>; and a response file that names them.</summary>
    public static void CopyTo(string folder)
    {
        foreach (string place in (string[])["", "publish", "bin/Release"])
        {
            string target = Directory.CreateDirectory(Path.Combine(folder, place)).FullName;
            foreach (string name in (string[])["App", "Parser"])
                File.Copy(Built.Value.Output(name, name + ".dll"), Path.Combine(target, name + ".dll"));
        }

        File.WriteAllLines(Path.Combine(folder, "weave.rsp"), ["# what to weave", "App.dll", "Parser.dll", "--output", "from-a-file"]);
    }

    private static Workspace Build()
    {
        var workspace = new Workspace("BuiltPrograms");
        workspace.AddSolution("BuiltPrograms", Library("App", "Parser.cs"), Library("Parser", "Codec.cs"));
        CommandResult build = workspace.Build("build", "BuiltPrograms.slnx");
        Assert.That(build.Succeeded, build.ToString());
        return workspace;
    }

    private static Project Library(string name, string source) => new(name, source) { Properties = "", Items = "" };
}
