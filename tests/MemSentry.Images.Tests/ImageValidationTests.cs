using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;

namespace MemSentry.Images.Tests;

/// <summary>What would take Cecil's memory, stack or time is called corrupt; what compilers make is not.</summary>
internal sealed class ImageValidationTests
{
    private const byte Field = 0x06, Pointer = 0x0f, Int = 0x08, Structure = 0x11, Class = 0x12, Instance = 0x15, Array = 0x14, Locals = 0x07, Var = 0x13, MethodPointer = 0x1b;

    // The largest compressed number.
    private static readonly byte[] Many = [0xdf, 0xff, 0xff, 0xff];

    private static IEnumerable<string> Real =>
    [
        .. Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"),
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f) is not ("KernelTraceControl.dll" or "msdia140.dll")),
    ];

    [Test]
    public void Real_assemblies_are_readable()
    {
        Assert.That(Real.Count(), Is.GreaterThan(150));
        foreach (string file in Real)
            Assert.That(() => ImageValidation.RequireReadable(File.ReadAllBytes(file)), Throws.Nothing, file);
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "MemSentry.*.pdb"))
            Assert.That(() => ImageValidation.RequireReadablePdb(File.ReadAllBytes(file)), Throws.Nothing, file);
    }

    [Test]
    public void What_the_builder_makes_is_readable() => ImageValidation.RequireReadable(With(b =>
    {
        TypeDefinitionHandle inner = b.Type("Inner");
        b.Field([Field, Int]);
        b.Type("Outer");
        b.Field([Field, Structure, ImageBuilder.Coded(inner)]);
        b.Method([0x06, 0x2a]);
    }));

    /// <summary>A name that <c>.typedef</c> of ilasm gives: <c>$Alias</c> and a token.</summary>
    [Test]
    public void An_alias_of_ilasm_is_readable() => ImageValidation.RequireReadable(With(b =>
        b.Metadata.AddTypeSpecification(b.Blob([.. "$Alias\0"u8, 1, 0, 0, 0x0a]))));

    [Test]
    public void Generic_arguments_that_are_not_there() => Refused(b =>
    {
        TypeDefinitionHandle type = b.Type("T");
        b.Field([Field, Instance, Class, ImageBuilder.Coded(type), .. Many, Int]);
    }, "generic arguments");

    [Test]
    public void Dimensions_beyond_those_of_the_runtime() => Refused(b => OneField(b, [Field, Array, Int, .. Many, 0, 0]), "dimensions");

    [Test]
    public void Sizes_of_more_dimensions_than_there_are() => Refused(b => OneField(b, [Field, Array, Int, 2, .. Many]), "sizes of dimensions");

    [Test]
    public void Bounds_of_more_dimensions_than_there_are() => Refused(b => OneField(b, [Field, Array, Int, 2, 0, .. Many]), "bounds of dimensions");

    [Test]
    public void A_generic_parameter_beyond_all_that_anybody_has() => Refused(b => OneField(b, [Field, Var, .. Many]), "generic parameters");

    [Test]
    public void Local_variables_that_are_not_there() => Refused(b => b.Metadata.AddStandaloneSignature(b.Blob([Locals, .. Many, Int])), "more elements");

    [Test]
    public void Parameters_that_are_not_there() => Refused(b => OneField(b, [Field, MethodPointer, 0, .. Many, Int, Int]), "more elements");

    [Test]
    public void A_member_reference_with_generic_parameters_beyond_measure() =>
        Refused(b => b.Metadata.AddMemberReference(b.ValueType, b.Metadata.GetOrAddString("m"), b.Blob([0x10, .. Many, 0, 1])), "generic parameters");

    [Test]
    public void A_type_of_a_thousand_levels() => Refused(b => OneField(b, [Field, .. Enumerable.Repeat(Pointer, 1000), Int]), "too deep");

    [Test]
    public void A_type_that_does_not_exist() => Refused(b => OneField(b, [Field, Class, 0x7c]), "does not exist");

    [Test]
    public void A_code_of_no_type() => Refused(b => OneField(b, [Field, 0x30]), "0x30");

    [Test]
    public void A_type_specification_that_contains_itself() =>
        Refused(b => b.Metadata.AddTypeSpecification(b.Blob(Pointer, Class, 0x06)), "contains itself");

    [Test]
    public void Type_specifications_that_double_with_each_level() => Refused(b =>
    {
        TypeDefinitionHandle type = b.Type("Pair");
        for (byte i = 1; i < 30; i++)
            b.Metadata.AddTypeSpecification(b.Blob(Instance, Class, ImageBuilder.Coded(type), 2, Class, (byte)(((i + 1) << 2) | 2), Class, (byte)(((i + 1) << 2) | 2)));
        b.Metadata.AddTypeSpecification(b.Blob(Int));
    }, "nested too deep");

    [Test]
    public void A_type_that_is_nested_in_itself() => Refused(b =>
    {
        TypeDefinitionHandle type = b.Type("T");
        b.Metadata.AddNestedType(type, type);
    }, "nested types");

    [Test]
    public void A_nested_type_of_nobody() => Refused(b => b.Metadata.AddNestedType(b.Type("T"), default), "belongs to nobody");

    [Test]
    public void A_layout_of_nobody() => Refused(b => b.Metadata.AddTypeLayout(default, 1, 16), "belongs to nobody");

    [Test]
    public void An_attribute_of_nobody() => Refused(b =>
    {
        MemberReferenceHandle constructor = b.Metadata.AddMemberReference(b.ValueType, b.Metadata.GetOrAddString(".ctor"), b.Blob(0x20, 0, 1));
        b.Metadata.AddCustomAttribute(MetadataTokens.TypeDefinitionHandle(0), constructor, b.Blob(1, 0, 0, 0));
    }, "belongs to nobody");

    [Test]
    public void Types_that_extend_each_other() => Refused(b =>
    {
        b.Type("A", MetadataTokens.TypeDefinitionHandle(3));
        b.Type("B", MetadataTokens.TypeDefinitionHandle(2));
    }, "base types");

    [Test]
    public void A_generic_type_that_extends_an_instance_of_itself() => Refused(b =>
    {
        TypeSpecificationHandle instance = b.Metadata.AddTypeSpecification(b.Blob(Instance, Class, 0x08, 1, Int));
        b.Type("A", instance);
    }, "base types");

    [Test]
    public void A_reference_that_lies_in_itself() => Refused(b =>
        b.Metadata.AddTypeReference(MetadataTokens.TypeReferenceHandle(2), default, b.Metadata.GetOrAddString("R")), "scopes of type references");

    [Test]
    public void A_structure_that_contains_itself() => Refused(b => b.Field([Field, Structure, ImageBuilder.Coded(b.Type("S"))]), "contains itself");

    [Test]
    public void A_structure_may_have_itself_as_a_static_field_and_as_an_argument() => ImageValidation.RequireReadable(With(b =>
    {
        TypeDefinitionHandle type = b.Type("S");
        b.Field([Field, Structure, ImageBuilder.Coded(type)], FieldAttributes.Public | FieldAttributes.Static);
        b.Field([Field, Pointer, Structure, ImageBuilder.Coded(type)]);
    }));

    [Test]
    public void Branch_targets_that_are_not_there() => Refused(b => OneMethod(b, [(7 << 2) | 2, 0x16, 0x45, 0xff, 0xff, 0xff, 0x1f, 0x2a]), "outside its method body");

    [TestCase(0x7b, 0x06000001u, TestName = "A_field_load_of_a_method")]
    [TestCase(0x28, 0x04000001u, TestName = "A_call_of_a_field")]
    [TestCase(0x28, 0x06000009u, TestName = "A_call_of_a_method_that_does_not_exist")]
    [TestCase(0x28, 0x70000001u, TestName = "A_call_of_a_string")]
    [TestCase(0x8d, 0x06000001u, TestName = "An_array_of_methods")]
    [TestCase(0x72, 0x70ffffffu, TestName = "A_string_that_does_not_exist")]
    [TestCase(0xd0, 0x11000001u, TestName = "A_token_of_a_signature")]
    public void Refused_operand(int opcode, uint token) =>
        Refused(b => OneMethod(b, [(7 << 2) | 2, (byte)opcode, .. BitConverter.GetBytes(token), 0x26, 0x2a]), "An instruction names");

    [Test]
    public void A_body_without_instructions() => Refused(b => OneMethod(b, [2]), "is empty");

    [Test]
    public void A_body_longer_than_the_image() => Refused(b => OneMethod(b, [0x03, 0x30, 8, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 0x2a]), "longer than the image");

    [Test]
    public void A_row_range_that_goes_backwards() => Refused(b =>
    {
        b.Metadata.AddTypeDefinition(default, default, b.Metadata.GetOrAddString("A"), default, MetadataTokens.FieldDefinitionHandle(2), MetadataTokens.MethodDefinitionHandle(1));
        b.Type("B");
        b.Field([Field, Int]);
    }, "out of order");

    [Test]
    public void Bytes_of_any_kind_are_refused_by_this_exception_and_no_other()
    {
        byte[] image = File.ReadAllBytes(typeof(ImageValidation).Assembly.Location);
        var random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = i % 3 == 0 ? image[..random.Next(image.Length)] : [.. image];
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length + 1)) is var rest && rest.Length > 8 ? rest[..random.Next(8)] : rest);
            try
            {
                ImageValidation.RequireReadable(damaged);
            }
            catch (BadImageFormatException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(1000));
    }

    private static void OneField(ImageBuilder builder, byte[] signature)
    {
        builder.Type("T");
        builder.Field(signature);
    }

    private static void OneMethod(ImageBuilder builder, byte[] body)
    {
        builder.Type("T");
        builder.Field([Field, Int]);
        builder.Method(body);
    }

    private static void Refused(Action<ImageBuilder> build, string reason) =>
        Assert.That(() => ImageValidation.RequireReadable(With(build)), Throws.InstanceOf<BadImageFormatException>().With.Message.Contains(reason));

    private static byte[] With(Action<ImageBuilder> build)
    {
        var builder = new ImageBuilder();
        build(builder);
        return builder.Build();
    }
}
