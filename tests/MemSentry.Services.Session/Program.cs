namespace MemSentry.Services.Session;

/// <summary>Plays a session with the service of a folder, or prepares one under <c>mpk</c> for a machine that has protection keys.</summary>
public static class Program
{
    /// <summary>After <c>play</c>, the folder of a service; after <c>stage</c>, the folder to fill.</summary>
    /// <returns>0 if all was as it should be.</returns>
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["play", string folder]:
                return await ServiceSession.PlayAsync(Path.GetFullPath(folder));
            case ["stage", string folder]:
                string commands = EmulatedSession.Fill(folder);
                Console.WriteLine($"run it by: build/emulate-pku.sh --program {folder} --commands {commands}");
                return 0;
            default:
                Console.Error.WriteLine("Usage: MemSentry.Services.Session play FOLDER | stage FOLDER");
                return 2;
        }
    }
}
