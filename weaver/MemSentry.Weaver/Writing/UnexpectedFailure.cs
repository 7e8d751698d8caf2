using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// Tells a defect of ours from an input that cannot be woven by anybody. Cecil reads some metadata only while it writes, so damage there
/// shows late; if the input cannot even be copied unchanged, the input is to blame.
/// </summary>
internal static class UnexpectedFailure
{
    /// <summary>The diagnostic for an exception that no stage of the weave expected.</summary>
    public static Diagnostic Explain(string path, Exception failure)
    {
        if (!CanBeCopied(path))
            return InputFile.Corrupt(path, failure).Diagnostic;

        return Diagnostic.Error(DiagnosticId.InternalError,
            $"MemSentry failed on '{path}' ({failure.GetType().Name}: {failure.Message.TrimEnd('.')}); nothing was written; " +
            "please report this with the assembly.");
    }

    private static bool CanBeCopied(string path)
    {
        try
        {
            using InputAssembly copy = InputAssembly.Open(path, [], []);
            copy.Module.Attributes |= ModuleAttributes.ILOnly;
            WovenImage.Create(copy.Module, copy.Symbols, null);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
