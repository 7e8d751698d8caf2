using MemSentry.Analysis.Diagnostics;
using MemSentry.Images;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Reading;

/// <summary>One assembly, read completely: every body and all debug information, so that damage shows here and nowhere later.</summary>
internal sealed class InputAssembly : IDisposable
{
    private readonly ReferenceResolver _resolver;
    private readonly SymbolSource? _symbols;

    private InputAssembly(ModuleDefinition module, SymbolSource? symbols, ReferenceResolver resolver)
    {
        Module = module;
        _symbols = symbols;
        _resolver = resolver;
    }

    /// <summary>The module.</summary>
    public ModuleDefinition Module { get; }

    /// <summary>Where the debug information was found; the output's goes to the same kind of place.</summary>
    public DebugFormat Symbols => _symbols?.Kind ?? DebugFormat.None;

    /// <summary>Reads an assembly. Debug information that cannot be used costs a warning.</summary>
    /// <exception cref="WeaveException">The file cannot be woven.</exception>
    public static InputAssembly Open(string path, IEnumerable<string> referenceDirectories, DiagnosticList diagnostics)
    {
        byte[] image = InputFile.Read(path);
        InputFile.RequireManaged(path, image);

        var resolver = new ReferenceResolver(path, referenceDirectories);
        try
        {
            ImageValidation.RequireReadable(image);
            return OpenWithSymbols(path, image, resolver, diagnostics)
                ?? new InputAssembly(ReadCompletely(image, resolver, null), null, resolver);
        }
        catch (Exception e)
        {
            resolver.Dispose();
            if (MalformedInput.Explains(e))
                throw InputFile.Corrupt(path, e);

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Module.Dispose();
        _resolver.Dispose();
    }

    private static InputAssembly? OpenWithSymbols(string path, byte[] image, ReferenceResolver resolver, DiagnosticList diagnostics)
    {
        SymbolSource? symbols = null;
        try
        {
            using (ModuleDefinition probe = Read(image, resolver))
                symbols = SymbolSource.Find(path, probe);

            return symbols is null ? null : new InputAssembly(ReadCompletely(image, resolver, symbols), symbols, resolver);
        }
        catch (SymbolsNotMatchingException)
        {
            Warn(diagnostics, path, "belongs to another build");
        }
        catch (Exception e) when (symbols is not null && MalformedInput.Explains(e))
        {
            // If it is the assembly that is damaged and not its symbols, reading it without them will say so.
            Warn(diagnostics, path, "cannot be read");
        }

        return null;
    }

    private static void Warn(DiagnosticList diagnostics, string path, string why) => diagnostics.Add(Diagnostic.Warning(
        DiagnosticId.SymbolsIgnored,
        $"The debug information of '{path}' {why}, so the woven assembly has none; build again to get a matching one."));

    private static ModuleDefinition ReadCompletely(byte[] image, ReferenceResolver resolver, SymbolSource? symbols)
    {
        ModuleDefinition module = Read(image, resolver);
        try
        {
            if (symbols is not null)
                module.ReadSymbols(symbols.CreateReader(module));
            foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods))
            {
                if (method.HasBody)
                    LocalScopes.Require(method);
            }

            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static ModuleDefinition Read(byte[] image, ReferenceResolver resolver) => ModuleDefinition.ReadModule(
        new MemoryStream(image, writable: false), resolver.ParametersForReading());
}
