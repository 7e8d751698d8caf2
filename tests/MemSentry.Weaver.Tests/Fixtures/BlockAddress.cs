namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>Addresses that a check must stop. Nothing is mapped there: without the check the process would crash.</summary>
internal static class BlockAddress
{
    public const long Arena = 0x1200_0000_1230;
    public const long First = 0x1000_0000_0000;
    public const long Last = 0x13FF_FFFF_FFFF;
}
