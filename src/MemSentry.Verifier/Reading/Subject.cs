using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Reading;

/// <summary>Opens the assembly to verify.</summary>
internal static class Subject
{
    /// <summary>Reads a module, with debug information if there is some that fits.</summary>
    /// <exception cref="RejectionException">The file cannot be read, or is no .NET assembly.</exception>
    public static ModuleDefinition Open(string input, IAssemblyResolver resolver)
    {
        try
        {
            return ModuleDefinition.ReadModule(input, Parameters(resolver, symbols: true));
        }
        catch (Exception e) when (e is SymbolsNotMatchingException or SymbolsNotFoundException)
        {
            return ModuleDefinition.ReadModule(input, Parameters(resolver, symbols: false));
        }
        catch (Exception e) when (e is BadImageFormatException or EndOfStreamException or ArgumentException or InvalidOperationException)
        {
            throw new RejectionException(VerifierCode.InputUnreadable, $"'{input}' is not a .NET assembly, or is damaged; check the file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RejectionException(VerifierCode.InputUnreadable, $"'{input}' cannot be read; check the path and its permissions.");
        }
    }

    private static ReaderParameters Parameters(IAssemblyResolver resolver, bool symbols) => new(ReadingMode.Deferred)
    {
        AssemblyResolver = resolver,
        InMemory = true,
        ReadSymbols = symbols,
        SymbolReaderProvider = symbols ? new DefaultSymbolReaderProvider(throwIfNoSymbol: false) : null,
    };
}
