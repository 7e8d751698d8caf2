namespace MemSentry.Native;

/// <summary>Rights of pages; the values are the kernel's PROT_ bits.</summary>
[Flags]
internal enum MemoryProtection
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    Execute = 4,
    ReadExecute = Read | Execute,
}
