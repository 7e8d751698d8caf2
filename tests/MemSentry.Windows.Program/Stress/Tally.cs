namespace MemSentry.Windows.Program.Stress;

/// <summary>A count in a region, and the same count outside: they differ if an access went wrong.</summary>
internal sealed class Tally
{
    private const int Smallest = 32;

    private SafeRegion _region = SafeRegion.Allocate(Smallest);
    private long _expected;

    /// <summary>Where the region is: an attacker knows.</summary>
    public unsafe nint Address => (nint)_region.Pointer;

    [SafeRegionAccess]
    public unsafe void Add()
    {
        _expected++;
        (*(long*)_region.Pointer)++;
    }

    [SafeRegionAccess]
    public unsafe void AddAround(Action foreign)
    {
        _expected += 2;
        (*(long*)_region.Pointer)++;
        foreign();
        (*(long*)_region.Pointer)++;
    }

    [SafeRegionAccess]
    public unsafe void AddDespiteFault(int[]? nothing)
    {
        _expected += 2;
        try
        {
            *(long*)_region.Pointer += nothing!.Length;
        }
        catch (NullReferenceException) when (*(long*)_region.Pointer == _expected - 2)
        {
            (*(long*)_region.Pointer)++;
        }
        finally
        {
            (*(long*)_region.Pointer)++;
        }
    }

    [SafeRegionAccess]
    public unsafe void FaultAfterAdding(int[]? nothing)
    {
        try
        {
            _expected += 2;
            (*(long*)_region.Pointer)++;
            _expected += nothing!.Length;
        }
        finally
        {
            (*(long*)_region.Pointer)++;
        }
    }

    [SafeRegionAccess]
    public async Task AddAsync()
    {
        _expected += 2;
        _region.GetReference<long>()++;
        await Task.Yield();
        _region.GetReference<long>()++;
    }

    [SafeRegionAccess]
    public unsafe int AddByLambda(Func<Func<int>, int> foreign) => foreign(() =>
    {
        _expected++;
        (*(long*)_region.Pointer)++;
        return 1;
    });

    /// <summary>Moves to another region.</summary>
    [SafeRegionAccess]
    public unsafe void Replace(int length)
    {
        SafeRegion old = _region;
        SafeRegion next = SafeRegion.Allocate((nuint)Math.Max(length, Smallest));
        *(long*)next.Pointer = *(long*)old.Pointer;
        _region = next;
        old.Dispose();
    }

    [SafeRegionAccess(RegionAccess.Read)]
    public unsafe bool IsIntact() => *(long*)_region.Pointer == _expected;
}
