using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Prescan;
using MemSentry.Images;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Reading;

/// <summary>One assembly, read completely: all debug information, and every body that is not settled at a glance, so that damage shows here and nowhere later.</summary>
internal sealed class InputAssembly : IDisposable
{
    /// <summary>Finds the members of a module, with which of them are to be decoded.</summary>
    private delegate ModuleMembers MemberChoice(ModuleDefinition module, byte[] image);

    private readonly ReferenceResolver _resolver;
    private readonly SymbolSource? _symbols;

    private InputAssembly(ModuleMembers members, SymbolSource? symbols, ReferenceResolver resolver, int size)
    {
        Size = size;
        Members = members;
        _symbols = symbols;
        _resolver = resolver;
    }

    /// <summary>The module's members.</summary>
    public ModuleMembers Members { get; }

    /// <summary>The module.</summary>
    public ModuleDefinition Module => Members.Module;

    /// <summary>The size of the file, in bytes.</summary>
    public int Size { get; }

    /// <summary>Where the debug information was found; the output's goes to the same kind of place.</summary>
    public DebugFormat Symbols => _symbols?.Kind ?? DebugFormat.None;

    /// <summary>Reads an assembly with every body. Debug information that cannot be used costs a warning.</summary>
    /// <exception cref="WeaveException">The file cannot be woven.</exception>
    public static InputAssembly Open(string path, IEnumerable<string> referenceDirectories, DiagnosticList diagnostics) =>
        Open(path, referenceDirectories, diagnostics, (module, _) => new ModuleMembers(module));

    /// <summary>Reads an assembly, but for the bodies in which nothing has to be checked: those are scanned and stay bytes.</summary>
    /// <exception cref="WeaveException">The file cannot be woven.</exception>
    public static InputAssembly OpenToWeave(string path, IEnumerable<string> referenceDirectories, DiagnosticList diagnostics) =>
        Open(path, referenceDirectories, diagnostics, (module, image) => new ModuleMembers(module, SettledMembers.In(module, image)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Module.Dispose();
        _resolver.Dispose();
    }

    private static InputAssembly Open(string path, IEnumerable<string> referenceDirectories, DiagnosticList diagnostics, MemberChoice choose)
    {
        byte[] image = InputFile.Read(path);
        InputFile.RequireManaged(path, image);

        var resolver = new ReferenceResolver(path, referenceDirectories);
        try
        {
            ImageValidation.RequireReadable(image);
            return OpenValid(path, image, resolver, diagnostics, choose);
        }
        catch (Exception e)
        {
            resolver.Dispose();
            if (MalformedInput.Explains(e))
                throw InputFile.Corrupt(path, e);

            throw;
        }
    }

    private static InputAssembly OpenValid(string path, byte[] image, ReferenceResolver resolver, DiagnosticList diagnostics, MemberChoice choose)
    {
        ModuleDefinition module = Read(image, resolver);
        SymbolSource? symbols = SymbolsOf(module, path);
        try
        {
            return new InputAssembly(ReadCompletely(module, image, symbols, choose), symbols, resolver, image.Length);
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

        return new InputAssembly(ReadCompletely(Read(image, resolver), image, null, choose), null, resolver, image.Length);
    }

    private static SymbolSource? SymbolsOf(ModuleDefinition module, string path)
    {
        try
        {
            return SymbolSource.Find(path, module);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static void Warn(DiagnosticList diagnostics, string path, string why) => diagnostics.Add(Diagnostic.Warning(
        DiagnosticId.SymbolsIgnored,
        $"The debug information of '{path}' {why}, so the woven assembly has none; build again to get a matching one."));

    /// <summary>Reads the rest of a module, which is disposed of if that fails.</summary>
    private static ModuleMembers ReadCompletely(ModuleDefinition module, byte[] image, SymbolSource? symbols, MemberChoice choose)
    {
        try
        {
            if (symbols is not null)
                module.ReadSymbols(symbols.CreateReader(module));

            ModuleMembers members = choose(module, image);
            foreach (MethodDefinition method in members.All.Where(m => m.HasBody))
            {
                if (!members.IsSettled(method))
                    LocalScopes.Require(method);
                else if (module.HasSymbols)
                    method.DebugInformation = module.SymbolReader.Read(method);
            }

            return members;
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
