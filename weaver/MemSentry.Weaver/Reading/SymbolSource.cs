using MemSentry.Images;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Reading;

/// <summary>The debug information that belongs to an input.</summary>
internal sealed class SymbolSource
{
    private readonly byte[] _file;

    private SymbolSource(DebugFormat kind, byte[] file)
    {
        Kind = kind;
        _file = file;
    }

    /// <summary>Where it was found.</summary>
    public DebugFormat Kind { get; }

    /// <summary>Finds embedded debug information, or a PDB file beside the assembly; null if there is neither.</summary>
    public static SymbolSource? Find(string assembly, ModuleDefinition module)
    {
        if (module.HasDebugHeader && module.GetDebugHeader().Entries.Any(e => e.Directory.Type == ImageDebugType.EmbeddedPortablePdb))
            return new SymbolSource(DebugFormat.Embedded, []);

        string pdb = Path.ChangeExtension(assembly, ".pdb");
        return File.Exists(pdb) ? new SymbolSource(DebugFormat.PortableFile, InputFile.Read(pdb)) : null;
    }

    /// <summary>Opens the debug information for a module.</summary>
    /// <exception cref="BadImageFormatException">The file is not a Portable PDB.</exception>
    public ISymbolReader CreateReader(ModuleDefinition module)
    {
        if (Kind == DebugFormat.Embedded)
            return new EmbeddedPortablePdbReaderProvider().GetSymbolReader(module, module.Name);

        // The metadata signature of ECMA-335 II.24.2.1; a Windows PDB starts with "Microsoft C/C++ MSF".
        if (!_file.AsSpan().StartsWith("BSJB"u8))
            throw new BadImageFormatException("Not a Portable PDB.");

        ImageValidation.RequireReadablePdb(_file);
        return new PortablePdbReaderProvider().GetSymbolReader(module, new MemoryStream(_file, writable: false));
    }
}
