using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using MemSentry.Corpus.Workloads;

namespace MemSentry.RealOverhead.Works;

/// <summary>System.Reflection.Metadata: names, signatures, attributes and code of one of the largest assemblies there are.</summary>
internal static class MetadataReading
{
    private static readonly ImmutableArray<byte> Image = ImmutableArray.Create(File.ReadAllBytes(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "System.Private.CoreLib.dll")));

    /// <summary>Reads it.</summary>
    public static void Run(string folder, TextWriter output)
    {
        using var pe = new PEReader(Image);
        MetadataReader reader = pe.GetMetadataReader();
        long types = reader.TypeDefinitions.Sum(t => OfType(reader, reader.GetTypeDefinition(t)));
        long members = reader.MethodDefinitions.Sum(m => OfMember(reader, reader.GetMethodDefinition(m)));
        long code = reader.MethodDefinitions.Select(reader.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0).Sum(m => OfCode(pe.GetMethodBody(m.RelativeVirtualAddress)));
        long attributes = reader.CustomAttributes.Sum(a => OfBytes(reader.GetBlobReader(reader.GetCustomAttribute(a).Value)));
        output.WriteLine($"{types} {members} {code} {attributes}");
    }

    private static long OfType(MetadataReader reader, TypeDefinition type) =>
        reader.GetString(type.Name).Length + reader.GetString(type.Namespace).Length + type.GetNestedTypes().Length
        + type.GetFields().Sum(f => reader.GetString(reader.GetFieldDefinition(f).Name).Length + reader.GetFieldDefinition(f).GetOffset());

    private static long OfMember(MetadataReader reader, MethodDefinition method) =>
        reader.GetString(method.Name).Length + method.DecodeSignature(SignatureText.Instance, null).ParameterTypes.Length
        + method.GetParameters().Sum(p => reader.GetString(reader.GetParameter(p).Name).Length);

    private static long OfCode(MethodBodyBlock body) => body.MaxStack + body.ExceptionRegions.Length + OfBytes(body.GetILReader());

    /// <summary>One by one, as disassemblers read.</summary>
    private static long OfBytes(BlobReader bytes)
    {
        long sum = 0;
        while (bytes.RemainingBytes > 0)
            sum += bytes.ReadByte();
        return sum;
    }
}
