using ICSharpCode.Decompiler;
using ICSharpCode.Decompiler.CSharp;
using ICSharpCode.Decompiler.Disassembler;

namespace MemSentry.Corpus.Workloads;

/// <summary>ICSharpCode.Decompiler: one library as C#, and as IL.</summary>
internal static class DecompilerWorkload
{
    /// <summary>Prints lengths and digests of the texts.</summary>
    public static void Run(TextWriter output)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "MemSentry.Native.dll");
        var decompiler = new CSharpDecompiler(file, new DecompilerSettings(LanguageVersion.Latest) { ThrowOnAssemblyResolveErrors = false });
        string text = decompiler.DecompileWholeModuleAsString();
        output.WriteLine($"C#: {text.Split('\n').Length} lines, {Digest.Of(System.Text.Encoding.UTF8.GetBytes(text))}");

        using var module = new ICSharpCode.Decompiler.Metadata.PEFile(file);
        var disassembly = new PlainTextOutput();
        new ReflectionDisassembler(disassembly, default).WriteModuleContents(module);
        string il = disassembly.ToString();
        output.WriteLine($"IL: {il.Split('\n').Length} lines, {Digest.Of(System.Text.Encoding.UTF8.GetBytes(il))}");
    }
}
