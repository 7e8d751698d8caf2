using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MemSentry.Images.Bodies;

/// <summary>Method bodies lie in the file, share it in bounds, and can be read.</summary>
internal static class MethodBodies
{
    // Bodies may be shared, but each is read by itself: a small file must not become a large program.
    private const long MostSharing = 16;
    private const long SmallProgram = 1 << 20;

    /// <summary>Checks the bodies of all methods with IL.</summary>
    public static void Require(PEReader pe, MetadataReader metadata, int fileLength)
    {
        var walk = new InstructionWalk(new OperandTokens(metadata));
        long sum = 0;
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            bool isIntermediateLanguage = (method.ImplAttributes & System.Reflection.MethodImplAttributes.CodeTypeMask) == System.Reflection.MethodImplAttributes.IL;
            if (method.RelativeVirtualAddress == 0 || !isIntermediateLanguage)
                continue;

            BlobReader code = MethodBodyHeader.CodeOf(pe, method.RelativeVirtualAddress);
            if (code.Length == 0)
                throw new BadImageFormatException("A method body is empty: it has not even an end (ECMA-335 III.1.7.1).");
            sum += code.Length;
            if (sum > (MostSharing * fileLength) + SmallProgram)
                throw new BadImageFormatException("Method bodies are shared without measure.");
            walk.Require(code);
        }
    }
}
