using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Weaver;

/// <summary>
/// Weaves an assembly that a program brings along, if it has to be: only code with raw accesses can go astray. What has none stays as it is, byte for
/// byte; what is woven already was woven as its author wants it; the framework and MemSentry's own assemblies are not woven by design.
/// </summary>
public static class DependencyWeave
{
    /// <summary>Looks at one file, and weaves it where that is called for.</summary>
    /// <param name="request">The file, and where its woven form goes.</param>
    /// <param name="framework">Simple names of the assemblies that the framework supplies.</param>
    /// <param name="diagnostics">Receives an error for each reason to refuse it.</param>
    public static DependencyStatus Run(AssemblyWeaveRequest request, IReadOnlySet<string> framework, DiagnosticList diagnostics)
    {
        try
        {
            if (WeaveNeeds.Examine(request.Input, request.ReferenceDirectories, framework) != WeaveNeed.Needed)
                return DependencyStatus.Left;
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
            return DependencyStatus.Refused;
        }

        return AssemblyWeave.Run(request with { SurveysReferences = false }, diagnostics) is null ? DependencyStatus.Refused : DependencyStatus.Woven;
    }
}
