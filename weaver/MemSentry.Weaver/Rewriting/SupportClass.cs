using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// The class <c>&lt;MemSentry&gt;</c> that every woven module gets: the cold end of every check, and the call that starts the runtime.
/// It is the module's own so that a check needs no indirection through another assembly.
/// </summary>
internal sealed class SupportClass
{
    private const string TypeName = "<MemSentry>";
    private const int NamesPosition = 1;

    private SupportClass(MethodDefinition throwHelper, MethodDefinition start)
    {
        Throw = throwHelper;
        Start = start;
    }

    /// <summary><c>static void Throw(nuint address, int member, int ilOffset, int kind)</c>; never returns.</summary>
    public MethodDefinition Throw { get; }

    /// <summary><c>static void Start()</c>: what the module's initialiser calls first.</summary>
    public MethodDefinition Start { get; }

    /// <summary>Adds the class to a module.</summary>
    public static SupportClass AddTo(ModuleDefinition module, RuntimeContract runtime, string settings)
    {
        const TypeAttributes staticClass = TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit;
        var type = new TypeDefinition("", TypeName, TypeAttributes.NotPublic | staticClass, module.TypeSystem.Object);
        var support = new SupportClass(ThrowHelper(module, runtime), StartCall(module, runtime, settings));
        type.Methods.Add(support.Throw);
        type.Methods.Add(support.Start);
        module.Types.Add(type);
        return support;
    }

    /// <summary>Says what the numbers of members mean that the throw helper gets.</summary>
    public void Name(CheckedMembers members) => Throw.Body.Instructions[NamesPosition].Operand = members.Names;

    /// <summary>
    /// One line that throws, and no NoInlining: RyuJIT then sees by itself that the call never returns, moves it out of the hot path and
    /// keeps nothing alive for it.
    /// </summary>
    private static MethodDefinition ThrowHelper(ModuleDefinition module, RuntimeContract runtime)
    {
        var types = module.TypeSystem;
        MethodDefinition method = StaticMethod("Throw", types.Void);
        method.Parameters.Add(new ParameterDefinition("address", ParameterAttributes.None, types.UIntPtr));
        method.Parameters.Add(new ParameterDefinition("member", ParameterAttributes.None, types.Int32));
        method.Parameters.Add(new ParameterDefinition("ilOffset", ParameterAttributes.None, types.Int32));
        method.Parameters.Add(new ParameterDefinition("kind", ParameterAttributes.None, types.Int32));

        Collection<Instruction> code = method.Body.Instructions;
        code.Add(Instruction.Create(OpCodes.Ldarg_0));
        code.Add(Instruction.Create(OpCodes.Ldstr, ""));
        code.Add(Instruction.Create(OpCodes.Ldarg_1));
        code.Add(Instruction.Create(OpCodes.Ldarg_2));
        code.Add(Instruction.Create(OpCodes.Ldarg_3));
        code.Add(Instruction.Create(OpCodes.Call, runtime.CreateViolation));
        code.Add(Instruction.Create(OpCodes.Throw));
        return method;
    }

    private static MethodDefinition StartCall(ModuleDefinition module, RuntimeContract runtime, string settings)
    {
        MethodDefinition method = StaticMethod("Start", module.TypeSystem.Void);
        Collection<Instruction> code = method.Body.Instructions;
        code.Add(Instruction.Create(OpCodes.Ldstr, module.Assembly.Name.Name));
        code.Add(CompactInstruction.LoadInt32(AddressSpaceLayout.Version));
        code.Add(Instruction.Create(OpCodes.Ldstr, settings));
        code.Add(Instruction.Create(OpCodes.Call, runtime.StartModule));
        code.Add(Instruction.Create(OpCodes.Ret));
        return method;
    }

    private static MethodDefinition StaticMethod(string name, TypeReference result) =>
        new(name, MethodAttributes.Assembly | MethodAttributes.Static | MethodAttributes.HideBySig, result);
}
