using MemSentry.CompilerServices;
using MemSentry.Fuzzing.Generation;

namespace MemSentry.Fuzzing.Running;

/// <summary>The memory of a runner: ordinary buffers, two safe regions with two contents each, and decoys.</summary>
internal sealed unsafe class Windows
{
    /// <summary>Bytes of a window: more than <see cref="Reach.Limit"/> to either side of its middle.</summary>
    public const int Length = 64 * 1024;

    private const int PageLength = 4096;
    private const int TableLength = 2 * PageLength;
    private const int Entries = TableLength / sizeof(long);
    private static readonly string[] Settings = ["ProtMethod=mpx;", "ProtMethod=sfi;"];
    private readonly SafeRegion _region;
    private readonly SafeRegion _tableRegion;

    /// <summary>Starts the runtime as a woven module would, and prepares everything.</summary>
    public Windows()
    {
        foreach (string settings in Settings)
            WovenModule.Start("MemSentry.Fuzzing", AddressSpaceLayout.Version, settings);
        _region = SafeRegion.Allocate(Length, new() { Name = "fuzz", Alignment = PageLength });
        _tableRegion = SafeRegion.Allocate(TableLength, new() { Name = "fuzz table", Alignment = PageLength });
        Near = new(Ordinary(Length), Noise(1, Length));
        Target = new(Ordinary(Length), Noise(2, Length));
        Table = new(Ordinary(TableLength), []);
        OrdinaryTable = Pointers(64);
        Table.Content = OrdinaryTable;
        Secrets = [Noise(3, Length), Noise(4, Length)];
        TableSecrets = [Pointers(1024), Pointers(2048 + 8)];
        Region = new((nint)_region.Pointer, Secrets[0]);
        TableRegion = new((nint)_tableRegion.Pointer, TableSecrets[0]);
        PoisonedTable = [.. Enumerable.Range(0, Entries).SelectMany(i => BitConverter.GetBytes(Region.Middle + (i * 8)))];
        Decoys = new(Noise(5, Length));
        Decoys.At(Decoys.Masked(Region.Middle));
        Decoys.At(Decoys.Masked(TableRegion.Middle), OrdinaryTable);
    }

    /// <summary>Where the parameter leads that is never poisoned.</summary>
    public Window Near { get; }

    /// <summary>Where the parameter leads that may be.</summary>
    public Window Target { get; }

    /// <summary>The table of pointers.</summary>
    public Window Table { get; }

    /// <summary>The safe region.</summary>
    public Window Region { get; }

    /// <summary>A safe region that may stand for the table.</summary>
    public Window TableRegion { get; }

    /// <summary>Memory in guards and alias.</summary>
    public Decoys Decoys { get; }

    /// <summary>The two contents of the region. No result may tell which one it was.</summary>
    public IReadOnlyList<byte[]> Secrets { get; }

    /// <summary>The two contents of the region that stands for the table: pointers to ordinary memory, so that an unwoven member survives what it reads.</summary>
    public IReadOnlyList<byte[]> TableSecrets { get; }

    /// <summary>A table with pointers to ordinary memory.</summary>
    public byte[] OrdinaryTable { get; }

    /// <summary>A table with pointers into the region.</summary>
    public byte[] PoisonedTable { get; }

    /// <summary>What is filled before every call, and compared after it.</summary>
    public IEnumerable<Window> Always =>
        [Near, Target, Table, Decoys.At(Decoys.Masked(Region.Middle)), Decoys.At(Decoys.Masked(TableRegion.Middle))];

    private byte[] Pointers(int offset) => [.. Enumerable.Range(0, Entries).SelectMany(i => BitConverter.GetBytes(Target.Middle + offset + (i % 16 * 24)))];

    private static byte[] Noise(ulong seed, int length)
    {
        var dice = new Dice(seed);
        return [.. Enumerable.Range(0, length / sizeof(ulong)).SelectMany(_ => BitConverter.GetBytes(dice.Next()))];
    }

    // With room around it, so that a member that leaves its window dies instead of doing harm.
    private static nint Ordinary(int length)
    {
        const int room = 1 << 20;
        nint whole = LibC.Map(0, room * 2, 0, LibC.PrivateAnonymous, -1, 0);
        return LibC.Map(whole + room, (nuint)length, LibC.ReadWrite, LibC.PrivateAnonymous | LibC.Fixed, -1, 0);
    }
}
