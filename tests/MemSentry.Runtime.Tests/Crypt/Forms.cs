using MemSentry.Native;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>The forms of the stubs.</summary>
internal static class Forms
{
    /// <summary>All, whatever this machine has.</summary>
    public static CipherForm[] All => Enum.GetValues<CipherForm>();

    /// <summary>Skips a test, by name and with the reason, on a processor that cannot run the form.</summary>
    public static void Require(CipherForm form)
    {
        ProcessorFacts processor = ProcessorFacts.Read();
        switch (CipherForms.Best(processor))
        {
            case null:
                Assert.Ignore($"this processor has no {string.Join(", ", CipherForms.Missing(processor))}");
                break;
            case CipherForm.Single when form == CipherForm.Double:
                Assert.Ignore("this processor has no VAES and VPCLMULQDQ on 256 bits");
                break;
        }
    }
}
