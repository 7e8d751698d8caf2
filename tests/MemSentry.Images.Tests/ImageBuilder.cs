using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MemSentry.Images.Tests;

/// <summary>Makes assemblies that no compiler makes, row by row.</summary>
internal sealed class ImageBuilder
{
    private const TypeAttributes Structure = TypeAttributes.SequentialLayout | TypeAttributes.Sealed;

    private readonly BlobBuilder _code = new();

    public ImageBuilder()
    {
        Metadata.AddModule(0, Metadata.GetOrAddString("Built.dll"), Metadata.GetOrAddGuid(new Guid("25b12134-b112-4ffb-ab73-641db2e54e5b")), default, default);
        Metadata.AddAssembly(Metadata.GetOrAddString("Built"), new Version(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        AssemblyReferenceHandle core = Metadata.AddAssemblyReference(Metadata.GetOrAddString("System.Runtime"), new Version(10, 0, 0, 0), default, default, default, default);
        ValueType = Metadata.AddTypeReference(core, Metadata.GetOrAddString("System"), Metadata.GetOrAddString("ValueType"));
        Metadata.AddTypeDefinition(default, default, Metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
    }

    public MetadataBuilder Metadata { get; } = new();

    public TypeReferenceHandle ValueType { get; }

    public BlobHandle Blob(params byte[] bytes) => Metadata.GetOrAddBlob(bytes);

    /// <summary>A structure; its fields and methods are those that are added next.</summary>
    public TypeDefinitionHandle Type(string name, EntityHandle? baseType = null) => Metadata.AddTypeDefinition(
        Structure, default, Metadata.GetOrAddString(name), baseType ?? ValueType, MetadataTokens.FieldDefinitionHandle(Rows(TableIndex.Field) + 1), MetadataTokens.MethodDefinitionHandle(Rows(TableIndex.MethodDef) + 1));

    public void Field(byte[] signature, FieldAttributes attributes = FieldAttributes.Public) =>
        Metadata.AddFieldDefinition(attributes, Metadata.GetOrAddString("f"), Blob(signature));

    /// <summary>A static member with a body, which starts where the others end.</summary>
    public void Method(byte[] body)
    {
        _code.Align(4);
        int at = _code.Count;
        _code.WriteBytes(body);
        Metadata.AddMethodDefinition(
            MethodAttributes.Static, MethodImplAttributes.IL, Metadata.GetOrAddString("m"), Blob(0, 0, 1), at, MetadataTokens.ParameterHandle(1));
    }

    public byte[] Build()
    {
        var pe = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(Metadata, suppressValidation: true), _code);
        var image = new BlobBuilder();
        pe.Serialize(image);
        return image.ToArray();
    }

    /// <summary>The code of a type in a signature (ECMA-335 II.23.2.8).</summary>
    public static byte Coded(EntityHandle type) => (byte)CodedIndex.TypeDefOrRefOrSpec(type);

    private int Rows(TableIndex table) => Metadata.GetRowCount(table);
}
