using System.Security.Cryptography;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using Mono.Cecil;

namespace MemSentry.Weaver.Writing;

/// <summary>
/// Renews the strong name, or gives up the signature. Weaving invalidates a signature; without the private key the output keeps its
/// public key, because that is part of the identity by which other assemblies refer to it (the binder of .NET compares public key tokens and
/// refuses a reference with a token to an assembly without one), and clears the flag that claims a signature, as a delay-signed assembly
/// does. .NET loads it: since .NET Core 1.0 signatures are not verified. .NET Framework would not.
/// </summary>
internal static class StrongName
{
    /// <summary>Reads a key file.</summary>
    /// <returns>The key pair, or null if no file was given.</returns>
    /// <exception cref="WeaveException">The file cannot be read or is not a key pair.</exception>
    public static byte[]? ReadKey(string? keyFile)
    {
        if (keyFile is null)
            return null;

        byte[] key = InputFile.Read(keyFile);
        try
        {
            using var rsa = new RSACryptoServiceProvider();
            rsa.ImportCspBlob(key);
            if (!rsa.PublicOnly)
                return key;
        }
        catch (Exception e) when (e is CryptographicException || MalformedInput.Explains(e))
        {
            // Not a key at all: the same remedy as for half of one.
        }

        throw new WeaveException(Diagnostic.Error(DiagnosticId.InputUnreadable,
            $"'{keyFile}' does not hold a strong-name key pair; give a .snk file with the private key."));
    }

    /// <summary>Stops the weave of an assembly that has another public key: with this one it would be another assembly to all that refer to it.</summary>
    /// <exception cref="WeaveException">The key is another.</exception>
    public static void RefuseAnother(byte[]? key, ModuleDefinition module)
    {
        byte[] own = module.Assembly.Name.PublicKey;
        if (key is null || own.Length == 0)
            return;

        using var rsa = new RSACryptoServiceProvider();
        rsa.ImportCspBlob(key);
        byte[] modulus = rsa.ExportParameters(includePrivateParameters: false).Modulus!;
        Array.Reverse(modulus);

        // A public key blob ends with the modulus, little end first; before it are three headers of fixed size (RSAPUBKEY in wincrypt.h).
        if (!own.AsSpan().EndsWith(modulus))
        {
            throw new WeaveException(Diagnostic.Error(DiagnosticId.StrongNameKeyDiffers,
                $"'{module.Assembly.Name.Name}' has another public key than the given key file; give the key it was signed with, or none."));
        }
    }

    /// <summary>Makes a signed module an unsigned one, with a warning, if there is no key to sign it again.</summary>
    public static void GiveUpWithout(byte[]? key, ModuleDefinition module, DiagnosticList diagnostics)
    {
        if (key is not null || !module.Attributes.HasFlag(ModuleAttributes.StrongNameSigned))
            return;

        module.Attributes &= ~ModuleAttributes.StrongNameSigned;
        diagnostics.Add(Diagnostic.Warning(DiagnosticId.StrongNameLost,
            $"'{module.Assembly.Name.Name}' was signed and its woven form is not, because no key was given; its public key and identity " +
            "are kept, so .NET loads it; give the key file (.snk) to sign it again."));
    }
}
