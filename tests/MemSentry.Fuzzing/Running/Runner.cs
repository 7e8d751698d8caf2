using System.Text.Json;

namespace MemSentry.Fuzzing.Running;

/// <summary>The child process: reads orders from standard input, one a line, and answers with findings and a last line for each.</summary>
internal static class Runner
{
    /// <summary>Starts a line with a finding.</summary>
    public const string FindingMark = "finding ";

    /// <summary>Starts the line that ends an order: members run, and how many of them get at a region unwoven.</summary>
    public const string DoneMark = "done ";

    private const int Watched = 4096;
    private static readonly nint ArenaStart = unchecked((nint)AddressSpaceLayout.ArenaStart);

    /// <summary>Runs until standard input ends.</summary>
    /// <param name="positionFile">The file for <see cref="Position"/>.</param>
    public static int Run(string positionFile)
    {
        KernelWithoutSeals.Enter();
        using var position = new Position(positionFile);
        var windows = new Windows();
        while (Console.In.ReadLine() is { } line)
        {
            RunOrder order = JsonSerializer.Deserialize<RunOrder>(line)!;
            Console.Out.WriteLine(DoneMark + JsonSerializer.Serialize(Run(order, windows, position)));
        }

        return 0;
    }

    private static RunCounts Run(RunOrder order, Windows windows, Position position)
    {
        position.Member = -1;
        windows.Decoys.WithdrawLow();
        var unwoven = new LoadedAssembly(order.Unwoven);
        List<(WovenFile, LoadedAssembly)> woven = [.. order.Woven.Select(file => (file, new LoadedAssembly(file.Path)))];
        var arena = new Window(ArenaStart, Bytes(ArenaStart));
        var run = new MemberRun(windows, arena, position, finding => Console.Out.WriteLine(FindingMark + JsonSerializer.Serialize(finding)));
        int reached = 0;
        for (int i = order.First; i < order.Members.Count; i++)
        {
            position.Member = i;
            reached += run.Run(order.Members[i], unwoven, woven) ? 1 : 0;
        }

        return new(order.Members.Count - order.First, reached);
    }

    private static unsafe byte[] Bytes(nint start) => new ReadOnlySpan<byte>((void*)start, Watched).ToArray();
}
