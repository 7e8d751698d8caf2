using MemSentry.Analysis.Diagnostics;

namespace MemSentry.Build;

/// <summary>Turns whatever was thrown into one coded sentence.</summary>
internal static class FailureDiagnostic
{
    public static Diagnostic From(Exception failure) => failure switch
    {
        WeaveException known => known.Diagnostic,
        IOException or UnauthorizedAccessException => Diagnostic.Error(DiagnosticId.OutputUnwritable,
            $"A file of the weave cannot be read or written: {failure.Message}"),
        BadImageFormatException => Diagnostic.Error(DiagnosticId.NotAnAssembly,
            $"A file of the weave is damaged ({OneLine(failure.Message).TrimEnd('.')}); delete bin and obj, restore the package MemSentry.Fody again, and build."),
        _ => Diagnostic.Error(DiagnosticId.InternalError,
            $"MemSentry failed with {failure.GetType().Name}: {OneLine(failure.Message)} This is a defect of MemSentry and nothing was woven; please report it with the output of 'dotnet build -v:diag'."),
    };

    private static string OneLine(string message)
    {
        string line = message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
