using System.Globalization;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;

namespace MemSentry.Constructs;

/// <summary>What the tests' children run, and a way to look at one fixture.</summary>
public static class Program
{
    /// <summary>Runs.</summary>
    /// <returns>0 if the fixtures could be run, whatever they said.</returns>
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["run", string folder, string variant, string rounds, string filter]:
                return ConstructProgram.Run(folder, Variant.All.Single(v => v.Name == variant), int.Parse(rounds, CultureInfo.InvariantCulture), filter);
            case ["prepare", string folder]:
                return ConstructProgram.Prepare(folder);
            case ["show", string shown, string filter]:
                return Show(Variant.All.Single(v => v.Name == shown), filter);
            default:
                Console.Error.WriteLine("Usage: MemSentry.Constructs show VARIANT PART-OF-A-NAME | run FOLDER VARIANT ROUNDS PART-OF-A-NAME | prepare FOLDER");
                return 2;
        }
    }

    private static int Show(Variant variant, string filter)
    {
        using var workshop = new Workshop();
        foreach (BuildConfiguration configuration in Enum.GetValues<BuildConfiguration>())
            Console.Write(ConstructProcess.Run(workshop.Folder(variant, configuration), variant, ExecutionMode.Default, filter: filter));
        return 0;
    }
}
