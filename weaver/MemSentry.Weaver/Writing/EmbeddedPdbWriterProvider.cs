using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// Cecil's provider of embedded PDBs refuses an empty file name, which is what a module that is written to memory has; the name itself ends
/// up nowhere, so the module's own serves.
/// </summary>
internal sealed class EmbeddedPdbWriterProvider : ISymbolWriterProvider
{
    private readonly EmbeddedPortablePdbWriterProvider _provider = new();

    /// <inheritdoc/>
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) => _provider.GetSymbolWriter(module, module.Name);

    /// <inheritdoc/>
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) => _provider.GetSymbolWriter(module, symbolStream);
}
