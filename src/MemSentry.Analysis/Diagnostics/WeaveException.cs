namespace MemSentry.Analysis.Diagnostics;

/// <summary>Stops a weave with one diagnostic. Hosts print the diagnostic, never this exception's stack trace.</summary>
public sealed class WeaveException : Exception
{
    /// <summary>Creates the exception for an error.</summary>
    public WeaveException(Diagnostic diagnostic)
        : base(diagnostic.ToString())
    {
        Diagnostic = diagnostic;
    }

    /// <summary>Creates the exception for an error and the failure behind it.</summary>
    public WeaveException(Diagnostic diagnostic, Exception cause)
        : base(diagnostic.ToString(), cause)
    {
        Diagnostic = diagnostic;
    }

    /// <summary>What is wrong and what to do next.</summary>
    public Diagnostic Diagnostic { get; }
}
