using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Writing;

namespace MemSentry.Weaver;

/// <summary>A strong-name key, looked at before the first weave: a wrong one spoils all of them.</summary>
public static class SigningKey
{
    /// <summary>Adds an error if a file does not hold a strong-name key pair.</summary>
    public static void Check(string? keyFile, DiagnosticList diagnostics)
    {
        try
        {
            StrongName.ReadKey(keyFile);
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
    }
}
