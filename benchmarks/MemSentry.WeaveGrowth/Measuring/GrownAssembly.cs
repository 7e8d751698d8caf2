using MemSentry.WeaveGrowth.Shapes;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.WeaveGrowth.Measuring;

/// <summary>A file with an assembly in which one member has a given shape and length.</summary>
/// <param name="File">Its path.</param>
/// <param name="Instructions">How many instructions the member has.</param>
internal sealed record GrownAssembly(string File, int Instructions)
{
    /// <summary>Writes one.</summary>
    public static GrownAssembly Write(Shape shape, int instructions, string folder)
    {
        string file = Path.Combine(folder, $"{shape.Name}-{instructions}.dll");
        using var module = ModuleDefinition.CreateModule(Path.GetFileNameWithoutExtension(file), new ModuleParameters { Kind = ModuleKind.Dll, Runtime = TargetRuntime.Net_4_0 });
        var type = new TypeDefinition("", "Grown", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var member = new MethodDefinition("Grown", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        var pointer = new PointerType(module.TypeSystem.Int32);
        foreach ((string name, TypeReference of) in new (string, TypeReference)[] { ("p", pointer), ("q", new PointerType(pointer)), ("n", module.TypeSystem.Int32) })
            member.Parameters.Add(new ParameterDefinition(name, ParameterAttributes.None, of));
        module.Types.Add(type);
        type.Methods.Add(member);

        shape.Fill(new MemberCode(member), instructions);
        member.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        module.Write(file);
        return new GrownAssembly(file, member.Body.Instructions.Count);
    }
}
