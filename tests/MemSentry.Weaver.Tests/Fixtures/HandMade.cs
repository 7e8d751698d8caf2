using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Writing;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>Bodies that no C# compiler would make.</summary>
internal static class HandMade
{
    /// <summary>An empty <c>static int HandMade.Run()</c> in a module of its own.</summary>
    public static MethodDefinition Method()
    {
        ModuleDefinition module = CSharpFixture.Compile("public static class HandMade { public static int Run() => 0; }", symbols: DebugFormat.None).Read();
        MethodDefinition method = module.GetType("HandMade").Methods.Single(m => m.Name == "Run");
        method.Body.Instructions.Clear();
        return method;
    }

    /// <summary>A static field of the type <c>HandMade</c> whose data lies in the image.</summary>
    public static FieldDefinition MappedField(MethodDefinition method, TypeReference type, byte[] data, FieldAttributes attributes = 0)
    {
        var field = new FieldDefinition("Mapped", FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.HasFieldRVA | attributes, type) { InitialValue = data };
        method.DeclaringType.Fields.Add(field);
        return field;
    }

    public static void Body(MethodDefinition method, params Instruction[] instructions)
    {
        foreach (Instruction instruction in instructions)
            method.Body.Instructions.Add(instruction);
    }

    public static Instruction[] ReturnSeven() => [Instruction.Create(OpCodes.Ldc_I4_7), Instruction.Create(OpCodes.Ret)];

    /// <summary>Writes the module as it is, loads it and runs the member.</summary>
    public static object? Run(MethodDefinition method)
    {
        using var loaded = new WovenFixture(WovenImage.Create(method.Module, DebugFormat.None, null).Assembly);
        return loaded.Call("HandMade.Run");
    }
}
