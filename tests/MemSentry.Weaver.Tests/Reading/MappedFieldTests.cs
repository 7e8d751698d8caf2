using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Tests.Fixtures;
using MemSentry.Weaver.Writing;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Reading;

/// <summary>Static fields whose data lies in the image: what is only read stays, what is written is refused.</summary>
internal sealed class MappedFieldTests
{
    [Test]
    public void AFieldThatIsStoredTo() => AssertRefused(f => [Instruction.Create(OpCodes.Ldc_I4_3), Instruction.Create(OpCodes.Stsfld, f), .. HandMade.ReturnSeven()]);

    [Test]
    public void AFieldThatIsStoredToThroughItsAddress() => AssertRefused(f =>
        [Instruction.Create(OpCodes.Ldsflda, f), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldc_I4_3), Instruction.Create(OpCodes.Stind_I4), .. HandMade.ReturnSeven()]);

    [Test]
    public void AFieldThatIsFilled() => AssertRefused(f => [Instruction.Create(OpCodes.Ldsflda, f), Instruction.Create(OpCodes.Initobj, f.FieldType), .. HandMade.ReturnSeven()]);

    [Test]
    public void AFieldWhoseAddressGoesWhereNobodyFollowsIt() =>
        AssertRefused(f => [Instruction.Create(OpCodes.Ldsflda, f), Instruction.Create(OpCodes.Call, Incrementer(f)), Instruction.Create(OpCodes.Pop), .. HandMade.ReturnSeven()]);

    [Test]
    public void AFieldWhoseSizeIsNotKnown()
    {
        MethodDefinition method = HandMade.Method();
        HandMade.Body(method, HandMade.ReturnSeven());

        // ilasm maps a structure without asking for its size; Cecil needs it to write one.
        var pair = new TypeDefinition("", "Pair", TypeAttributes.SequentialLayout | TypeAttributes.Public, new TypeReference("System", "ValueType", method.Module, method.Module.TypeSystem.CoreLibrary));
        pair.Fields.Add(new FieldDefinition("A", FieldAttributes.Public, method.Module.TypeSystem.Int32));
        method.Module.Types.Add(pair);
        HandMade.MappedField(method, pair, [1, 2, 3, 4]);

        Assert.That(Refusal(method).Message, Does.StartWith("The data of the mapped field HandMade::Mapped would be lost"));
    }

    [Test]
    public void AFieldThatIsOnlyReadKeepsItsData()
    {
        MethodDefinition method = HandMade.Method();
        FieldDefinition field = HandMade.MappedField(method, method.Module.TypeSystem.Int32, [1, 2, 0, 0]);
        HandMade.Body(method,
            Instruction.Create(OpCodes.Ldsfld, field), Instruction.Create(OpCodes.Ldsflda, field), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldind_U1),
            Instruction.Create(OpCodes.Add), Instruction.Create(OpCodes.Ret));

        Assert.That(RunWoven(method), Is.EqualTo(0x201 + 1));
    }

    [Test]
    public void AFieldThatIsReadOnlyMayBeHandedOn()
    {
        MethodDefinition method = HandMade.Method();
        FieldDefinition field = HandMade.MappedField(method, method.Module.TypeSystem.Int32, [5, 0, 0, 0], FieldAttributes.InitOnly);
        VariableDefinition address = new(new PointerType(method.Module.TypeSystem.Int32));
        method.Body.Variables.Add(address);
        HandMade.Body(method, Instruction.Create(OpCodes.Ldsflda, field), Instruction.Create(OpCodes.Stloc, address), Instruction.Create(OpCodes.Ldloc, address), Instruction.Create(OpCodes.Ldind_I4), Instruction.Create(OpCodes.Ret));

        Assert.That(RunWoven(method), Is.EqualTo(5));
    }

    // "..."u8 and stackalloc with values: addresses of fields in <PrivateImplementationDetails>.
    [Test]
    public void ConstantsOfTheCompiler()
    {
        using var folder = new TemporaryFolder();
        string input = CSharpFixture.Compile("""
            using System;
            public static unsafe class P
            {
                public static int Peek(int i) { int* p = stackalloc int[] { 1, 2, 3, 4 }; ReadOnlySpan<byte> s = "abcdef"u8; ReadOnlySpan<long> l = [7, 8, 9]; return p[i] + s[i] + (int)l[i]; }
            }
            """).WriteTo(folder);
        Assert.That(Read(input).GetTypes().SelectMany(t => t.Fields).Count(f => f.RVA != 0), Is.GreaterThan(1));

        Weaving.Run(input, folder["out.dll"]);
    }

    private static ModuleDefinition Read(string path) => ModuleDefinition.ReadModule(path, new ReaderParameters { InMemory = true });

    private static void AssertRefused(Func<FieldDefinition, Instruction[]> write)
    {
        MethodDefinition method = HandMade.Method();
        FieldDefinition field = HandMade.MappedField(method, method.Module.TypeSystem.Int32, [1, 2, 3, 4]);
        HandMade.Body(method, write(field));

        Diagnostic error = Refusal(method);

        Assert.That(error.Code, Is.EqualTo("MS3006"));
        Assert.That(error.Message, Does.StartWith("HandMade::Run writes the mapped field HandMade::Mapped").And.Contain("static constructor"));
    }

    private static Diagnostic Refusal(MethodDefinition method)
    {
        using var folder = new TemporaryFolder();
        Diagnostic error = Weaving.Refuse(Write(method, folder), folder["out.dll"]);
        Assert.That(File.Exists(folder["out.dll"]), Is.False);
        return error;
    }

    private static string Write(MethodDefinition method, TemporaryFolder folder)
    {
        File.WriteAllBytes(folder["in.dll"], WovenImage.Create(method.Module, Weaver.Reading.DebugFormat.None, null).Assembly);
        return folder["in.dll"];
    }

    private static object? RunWoven(MethodDefinition method)
    {
        using var folder = new TemporaryFolder();
        Weaving.Run(Write(method, folder), folder["out.dll"]);
        using var loaded = new WovenFixture(File.ReadAllBytes(folder["out.dll"]));
        return loaded.Call("HandMade.Run");
    }

    private static MethodReference Incrementer(FieldDefinition field)
    {
        var types = field.Module.TypeSystem;
        var increment = new MethodReference("Increment", types.Int32, new TypeReference("System.Threading", "Interlocked", field.Module, types.CoreLibrary)) { HasThis = false };
        increment.Parameters.Add(new ParameterDefinition(new ByReferenceType(types.Int32)));
        return increment;
    }
}
