namespace MemSentry.Services.Session;

/// <summary>Puts this program and a service that is woven with <c>mpk</c> into a folder for <c>build/emulate-pku.sh</c>.</summary>
public static class EmulatedSession
{
    private const string Method = "mpk";
    private const string CommandsFile = "session.commands";

    /// <summary>Fills a folder.</summary>
    /// <returns>The file of commands in it.</returns>
    public static string Fill(string folder)
    {
        Directory.CreateDirectory(folder);
        string own = typeof(EmulatedSession).Assembly.GetName().Name!;
        foreach (string name in Needed(own).Where(n => File.Exists(Path.Combine(AppContext.BaseDirectory, n))))
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name), overwrite: true);

        ServiceBuild.Make(Method, folder);
        string commands = Path.Combine(folder, CommandsFile);
        File.WriteAllText(commands, $"{own}.dll play {Method}\n");
        return commands;
    }

    /// <summary>Without the list of all that it could need: what it needs lies beside it.</summary>
    private static string[] Needed(string own) =>
        [$"{own}.dll", $"{own}.runtimeconfig.json", "MemSentry.Services.dll", "MemSentry.Weaver.dll", "MemSentry.Analysis.dll", "MemSentry.AccessTable.dll", "Mono.Cecil.dll"];
}
