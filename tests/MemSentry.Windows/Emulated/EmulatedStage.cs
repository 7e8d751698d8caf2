using MemSentry.Windows.Facts;
using MemSentry.Windows.Naive;

namespace MemSentry.Windows.Emulated;

/// <summary>Puts the program of the method <c>mpk</c> into a folder for <c>build/emulate-pku.sh</c>: whole, with its naive copies and with the commands to run.</summary>
public static class EmulatedStage
{
    /// <summary>The file of commands in the folder.</summary>
    public const string FileName = "windows.commands";

    private const string Method = "mpk";
    private const string NoLeaks = " looks, 0 leaks";
    private const string Stopped = "MS7102: The processor stopped a ";

    /// <summary>Fills a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="every">Takes every so manieth command; 1 for all.</param>
    /// <returns>The commands that are in its file.</returns>
    public static IReadOnlyList<EmulatedCommand> Fill(string folder, int every)
    {
        Directory.CreateDirectory(folder);
        EmulatedCommand[] commands = [.. Whole(folder).Concat(Naive(folder)).Where((_, i) => i % every == 0)];
        File.WriteAllLines(Path.Combine(folder, FileName), commands.Select(c => c.Line));
        return commands;
    }

    private static IEnumerable<EmulatedCommand> Whole(string folder)
    {
        string target = Directory.CreateDirectory(Path.Combine(folder, "whole")).FullName;
        foreach (string file in Directory.EnumerateFiles(WindowProgram.Folder(Method)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);

        string program = Path.GetRelativePath(folder, Path.Combine(target, WindowProgram.FileName));
        return
        [
            .. FactTable.All.Select(f => f.Name).Distinct().Select(name => Command(program, 0, NoLeaks, name)),
            Command(program, 0, "50 looks, 0 leaks", "hardware-exceptions"),
            Command(program, 0, "5 of 5 blocked, 1 accepted", "deputy"),
            Command(program, 0, "another thread sees the region during a window: False, and after it: False", "other-threads"),

            // One of the 15 is a domain of mprotect, so 14 have got keys.
            Command(program, 0, "MS7210: A process can have 15 domains", "domain-limit"),
            Command(program, FactTable.Killed, Stopped + "load", "wild-read"),
            Command(program, FactTable.Killed, Stopped + "load", "wild-read-beside-window"),
            Command(program, FactTable.Killed, Stopped + "load", "other-domain"),
            Command(program, FactTable.Killed, Stopped + "store", "read-only-window"),
            Command(program, FactTable.Killed, Stopped + "store", "records"),
            Command(program, FactTable.Killed, "MS7104", "reflection", "outside"),
            Command(program, FactTable.Killed, "MS7104", "reflection", "inside"),
        ];
    }

    private static IEnumerable<EmulatedCommand> Naive(string folder)
    {
        WindowFact handlers = new("hardware-exceptions", NaiveVersion.WithoutResume, FactTable.Killed, Stopped);
        foreach (IGrouping<NaiveVersion, WindowFact> facts in FactTable.All.Where(f => !f.KeysWithstand).Append(handlers).GroupBy(f => f.Naive))
        {
            string program = Path.GetRelativePath(folder, NaiveProgram.Make(Method, facts.Key, folder));
            foreach (WindowFact fact in facts)
                yield return Command(program, fact.ExitCode, fact.Words, fact.Name);
        }
    }

    private static EmulatedCommand Command(string program, int exitCode, string words, params string[] fact) =>
        new($"exit={exitCode} MEMSENTRY_FALLBACK=refuse DOTNET_DbgEnableMiniDump=0 {program} fact {string.Join(' ', fact)}", words);
}
