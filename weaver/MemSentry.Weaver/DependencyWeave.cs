using System.Reflection.PortableExecutable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.References;

namespace MemSentry.Weaver;

/// <summary>
/// Weaves an assembly that a program brings along, if it has to be: only code with raw accesses can go astray. What has none stays as it is, byte for
/// byte; what is woven already was woven as its author wants it; the framework and MemSentry's own assemblies are not woven by design.
/// </summary>
public static class DependencyWeave
{
    // Assembles the fault handler while the runtime starts, before any woven code runs: a woven one would wait for that start.
    private const string Assembler = "Iced";

    /// <summary>Looks at one file, and weaves it where that is called for.</summary>
    /// <param name="request">The file, and where its woven form goes.</param>
    /// <param name="framework">Simple names of the assemblies that the framework supplies.</param>
    /// <param name="diagnostics">Receives an error for each reason to refuse it.</param>
    public static DependencyStatus Run(AssemblyWeaveRequest request, IReadOnlySet<string> framework, DiagnosticList diagnostics)
    {
        try
        {
            if (!Needs(request, framework))
                return DependencyStatus.Left;
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
            return DependencyStatus.Refused;
        }

        return AssemblyWeave.Run(request with { SurveysReferences = false }, diagnostics) is null ? DependencyStatus.Refused : DependencyStatus.Woven;
    }

    private static bool Needs(AssemblyWeaveRequest request, IReadOnlySet<string> framework)
    {
        string name = Path.GetFileNameWithoutExtension(request.Input);
        if (name == Assembler || new ReferenceFiles(new Dictionary<string, string>(), framework).IsUnwovenByDesign(name) || IsNative(request.Input))
            return false;

        using InputAssembly input = InputAssembly.Open(request.Input, request.ReferenceDirectories, []);
        return ReferenceSurvey.Examine(input.Members).Status is ReferenceStatus.RawAccesses or ReferenceStatus.Unknown;
    }

    // Native libraries are not looked at. A file that is neither will be refused by whoever reads it.
    private static bool IsNative(string file)
    {
        byte[] image = InputFile.Read(file);
        if (image.AsSpan().StartsWith("\x7fELF"u8))
            return true;

        try
        {
            using var pe = new PEReader(new MemoryStream(image, writable: false));
            return pe.PEHeaders.CorHeader is null;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
