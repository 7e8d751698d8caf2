namespace MemSentry.Native.Images;

/// <summary>Finds where a loaded image keeps the address of a function of another one: its relocation slots.</summary>
internal static class ImportSlots
{
    /// <summary>Addresses of all slots of a function, in the order of the relocations; none if the image does not import it.</summary>
    /// <exception cref="BadImageFormatException">The image contradicts itself.</exception>
    public static IReadOnlyList<ulong> Find(LoadedImage image, string function)
    {
        DynamicSection section = DynamicSection.Read(image);
        return
        [
            .. Find(image, section, section.Address(ElfLayout.Relocations), section.Number(ElfLayout.RelocationsLength), function),
            .. Find(image, section, section.Address(ElfLayout.ProcedureLinkage), section.Number(ElfLayout.ProcedureLinkageLength), function),
        ];
    }

    private static IEnumerable<ulong> Find(LoadedImage image, DynamicSection section, ulong table, ulong length, string function)
    {
        ulong symbols = section.Address(ElfLayout.Symbols);
        ulong strings = section.Address(ElfLayout.Strings);
        for (ulong at = table; at < table + length; at += ElfLayout.RelocationLength)
        {
            ulong kindAndSymbol = image.Read<ulong>(at + 8);
            ulong symbol = kindAndSymbol >> 32;
            if ((uint)kindAndSymbol is ElfLayout.Address or ElfLayout.GlobalData or ElfLayout.JumpSlot
                && symbol != 0
                && image.ReadName(strings + image.Read<uint>(symbols + (symbol * ElfLayout.SymbolLength))) == function)
            {
                yield return section.Bias + image.Read<ulong>(at);
            }
        }
    }
}
