using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Writing;

/// <summary>Writes debug information into the assembly. Cecil's own provider insists on a file name, which a module that is written to memory has not.</summary>
internal sealed class EmbeddedSymbolWriterProvider : ISymbolWriterProvider
{
    private readonly EmbeddedPortablePdbWriterProvider _provider = new();

    /// <inheritdoc/>
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) => _provider.GetSymbolWriter(module, module.Name);

    /// <inheritdoc/>
    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) => _provider.GetSymbolWriter(module, symbolStream);
}
