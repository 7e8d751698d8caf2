using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MemSentry.Corpus.Workloads;

/// <summary>
/// System.Reflection.Metadata: reads every table, signature, attribute, body and string of assemblies of the framework, and writes an assembly of its own.
/// </summary>
internal static class MetadataWorkload
{
    // None that is woven itself in some run: its contents would differ.
    private static readonly string[] Files = ["System.Collections.dll", "System.Linq.dll", "System.Collections.Concurrent.dll", "System.IO.Compression.dll"];

    /// <summary>Prints counts and digests.</summary>
    public static void Run(TextWriter output)
    {
        string folder = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        foreach (string file in Files)
            Read(File.ReadAllBytes(Path.Combine(folder, file)), file, output);

        byte[] written = Write();
        output.WriteLine($"written: {written.Length} bytes, {Digest.Of(written)}");
        Read(written, "written", output);
    }

    private static void Read(byte[] image, string name, TextWriter output)
    {
        using var pe = new PEReader(ImmutableArray.Create(image));
        MetadataReader reader = pe.GetMetadataReader();
        using var digest = new Digest();
        digest.Add(string.Join(' ', pe.PEHeaders.SectionHeaders.Select(s => $"{s.Name} {s.VirtualAddress} {s.SizeOfRawData}")));
        Types(reader, pe, digest);
        References(reader, digest);
        Attributes(reader, digest);
        for (UserStringHandle s = MetadataTokens.UserStringHandle(1); !s.IsNil; s = reader.GetNextHandle(s))
            digest.Add(reader.GetUserString(s));

        string rows = string.Join(' ', Enum.GetValues<TableIndex>().Where(t => (int)t < MetadataTokens.TableCount).Select(t => reader.GetTableRowCount(t)).Where(n => n > 0));
        output.WriteLine($"{name}: rows {rows}, {digest}");
    }

    private static void Types(MetadataReader reader, PEReader pe, Digest digest)
    {
        foreach (TypeDefinition type in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            TypeLayout layout = type.GetLayout();
            digest.Add($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)} {type.Attributes} {layout.PackingSize} {layout.Size} {type.GetInterfaceImplementations().Count} {type.GetNestedTypes().Length}");
            foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
                digest.Add($"{reader.GetString(field.Name)} {field.DecodeSignature(SignatureText.Instance, null)} {field.GetOffset()} {field.GetRelativeVirtualAddress()} {Constant(reader, field.GetDefaultValue())}");
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
                Member(reader, pe, method, digest);
            foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
                digest.Add($"{reader.GetString(property.Name)} {Signature(property.DecodeSignature(SignatureText.Instance, null))}");
        }
    }

    private static void Member(MetadataReader reader, PEReader pe, MethodDefinition method, Digest digest)
    {
        digest.Add($"{reader.GetString(method.Name)} {method.Attributes} {method.ImplAttributes} {Signature(method.DecodeSignature(SignatureText.Instance, null))}");
        foreach (Parameter parameter in method.GetParameters().Select(reader.GetParameter))
            digest.Add($"{parameter.SequenceNumber} {reader.GetString(parameter.Name)} {Constant(reader, parameter.GetDefaultValue())}");
        foreach (GenericParameter parameter in method.GetGenericParameters().Select(reader.GetGenericParameter))
            digest.Add($"{parameter.Index} {reader.GetString(parameter.Name)} {parameter.GetConstraints().Count}");
        if (method.RelativeVirtualAddress == 0)
            return;

        MethodBodyBlock body = pe.GetMethodBody(method.RelativeVirtualAddress);
        digest.Add(body.GetILBytes() ?? []);
        if (!body.LocalSignature.IsNil)
            digest.Add(string.Join(',', reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(SignatureText.Instance, null)));
        foreach (ExceptionRegion region in body.ExceptionRegions)
            digest.Add($"{region.Kind} {region.TryOffset} {region.TryLength} {region.HandlerOffset} {region.HandlerLength}");
    }

    private static void References(MetadataReader reader, Digest digest)
    {
        foreach (AssemblyReference reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
            digest.Add($"{reader.GetString(reference.Name)} {reference.Version} {Convert.ToHexString(reader.GetBlobBytes(reference.PublicKeyOrToken))}");
        foreach (TypeReference type in reader.TypeReferences.Select(reader.GetTypeReference))
            digest.Add($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)} {type.ResolutionScope.Kind}");
        foreach (MemberReference member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            digest.Add(reader.GetString(member.Name));
            digest.Add(member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(SignatureText.Instance, null) : Signature(member.DecodeMethodSignature(SignatureText.Instance, null)));
        }
    }

    private static void Attributes(MetadataReader reader, Digest digest)
    {
        foreach (CustomAttribute attribute in reader.CustomAttributes.Select(reader.GetCustomAttribute))
        {
            CustomAttributeValue<string> value = attribute.DecodeValue(SignatureText.Instance);
            digest.Add(string.Join(',', value.FixedArguments.Select(a => $"{a.Type} {a.Value}").Concat(value.NamedArguments.Select(a => $"{a.Name} {a.Value}"))));
        }
    }

    private static string Constant(MetadataReader reader, ConstantHandle handle)
    {
        if (handle.IsNil)
            return "";

        Constant constant = reader.GetConstant(handle);
        return Convert.ToString(reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode), CultureInfo.InvariantCulture) ?? "null";
    }

    private static string Signature(MethodSignature<string> signature) => $"{signature.Header} {signature.ReturnType}({string.Join(',', signature.ParameterTypes)})";

    private static byte[] Write()
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Written.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), default, default);
        metadata.AddAssembly(metadata.GetOrAddString("Written"), new Version(1, 2, 3, 4), default, default, 0, System.Reflection.AssemblyHashAlgorithm.Sha256);
        metadata.AddTypeDefinition(0, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        metadata.AddTypeDefinition(
            TypeAttributes.Abstract | TypeAttributes.Interface, metadata.GetOrAddString("Written"), metadata.GetOrAddString("IWritten"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));

        var bodies = new BlobBuilder();
        var stream = new MethodBodyStreamEncoder(bodies);
        for (int i = 0; i < 500; i++)
        {
            var signature = new BlobBuilder();
            new BlobEncoder(signature).MethodSignature().Parameters(1, r => r.Type().Int64(), p => p.AddParameter().Type().SZArray().UInt16());
            var code = new InstructionEncoder(new BlobBuilder());
            code.LoadString(metadata.GetOrAddUserString(string.Create(CultureInfo.InvariantCulture, $"text {i}")));
            code.OpCode(ILOpCode.Pop);
            code.LoadConstantI8(i * 1234567L);
            code.OpCode(ILOpCode.Ret);
            metadata.AddMethodDefinition(
                MethodAttributes.Static, MethodImplAttributes.IL, metadata.GetOrAddString(string.Create(CultureInfo.InvariantCulture, $"Member{i}")), metadata.GetOrAddBlob(signature), stream.AddMethodBody(code), default);
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(new PEHeaderBuilder(imageCharacteristics: Characteristics.Dll), new MetadataRootBuilder(metadata), bodies, deterministicIdProvider: _ => new BlobContentId(new Guid(7, 7, 7, new byte[8]), 7))
            .Serialize(image);
        return image.ToArray();
    }
}
