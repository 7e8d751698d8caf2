using MemSentry.Images;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Reading;

/// <summary>Opens the assembly to verify.</summary>
internal static class Subject
{
    /// <summary>Reads a module, with debug information if there is some that fits.</summary>
    /// <exception cref="RejectionException">The file cannot be read, or is no .NET assembly.</exception>
    public static ModuleDefinition Open(string input, ReferenceFolders resolver)
    {
        try
        {
            ImageValidation.RequireReadable(File.ReadAllBytes(input));
            return ModuleDefinition.ReadModule(input, Parameters(resolver, symbols: HasReadableSymbols(input)));
        }
        catch (Exception e) when (e is SymbolsNotMatchingException or SymbolsNotFoundException)
        {
            return ModuleDefinition.ReadModule(input, Parameters(resolver, symbols: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RejectionException(VerifierCode.InputUnreadable, $"'{input}' cannot be read; check the path and its permissions.");
        }
        catch (Exception e) when (MalformedCode.Explains(e))
        {
            throw Damaged(input);
        }
    }

    /// <summary>The rejection of a file that is not what it should be.</summary>
    public static RejectionException Damaged(string input) =>
        new(VerifierCode.InputUnreadable, $"'{input}' is not a .NET assembly, or is damaged; check the file.");

    /// <summary>Whether the debug information can be read safely; that inside the assembly was looked at with it.</summary>
    private static bool HasReadableSymbols(string input)
    {
        string pdb = Path.ChangeExtension(input, ".pdb");
        try
        {
            if (File.Exists(pdb))
                ImageValidation.RequireReadablePdb(File.ReadAllBytes(pdb));
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static ReaderParameters Parameters(ReferenceFolders resolver, bool symbols) => new(ReadingMode.Deferred)
    {
        AssemblyResolver = resolver,
        MetadataResolver = resolver.Types,
        InMemory = true,
        ReadSymbols = symbols,
        SymbolReaderProvider = symbols ? new DefaultSymbolReaderProvider(throwIfNoSymbol: false) : null,
    };
}
