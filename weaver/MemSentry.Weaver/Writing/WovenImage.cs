using MemSentry.Weaver.Reading;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Writing;

/// <summary>A woven assembly as bytes, ready to be put into place.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Pdb">The Portable PDB that goes beside it, or null.</param>
internal sealed record WovenImage(byte[] Assembly, byte[]? Pdb)
{
    /// <summary>
    /// Writes a module: the same module gives the same bytes. Module version id and PDB id are hashes of the contents, time stamps are those of
    /// the input, and no path gets in, because both files are written to memory first.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="symbols">Where debug information goes.</param>
    /// <param name="key">The strong-name key pair, or null.</param>
    /// <param name="sizeOfInput">How large the input was, in bytes, if that is known: the output will be a little larger.</param>
    public static WovenImage Create(ModuleDefinition module, DebugFormat symbols, byte[]? key, int sizeOfInput = 0)
    {
        using var assembly = new MemoryStream(capacity: sizeOfInput + (sizeOfInput / 4));
        using var pdb = new MemoryStream();
        var parameters = new WriterParameters { DeterministicMvid = true, StrongNameKeyBlob = key };
        switch (symbols)
        {
            case DebugFormat.Embedded:
                parameters.SymbolWriterProvider = new EmbeddedSymbolWriterProvider();
                break;
            case DebugFormat.PortableFile:
                parameters.SymbolWriterProvider = new PortablePdbWriterProvider();
                parameters.SymbolStream = pdb;
                break;
        }

        module.Write(assembly, parameters);
        return new WovenImage(assembly.ToArray(), symbols == DebugFormat.PortableFile ? pdb.ToArray() : null);
    }
}
