using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// The initialiser of a module, <c>&lt;Module&gt;..cctor</c>: the runtime runs it before any other code of the module (ECMA-335 II.10.5.3 for
/// classes, extended to modules), so what it calls first happens before the first check.
/// </summary>
internal static class ModuleInitializer
{
    /// <summary>Makes the initialiser call a static member first of all; creates the initialiser if the module has none.</summary>
    public static void CallFirst(ModuleDefinition module, MethodReference start)
    {
        MethodDefinition initializer = Find(module) ?? Create(module);
        var editor = new BodyEditor(initializer);
        editor.InsertPrologue([Instruction.Create(OpCodes.Call, start)]);
        editor.Apply();
    }

    /// <summary>The initialiser of a module, or null if it has none.</summary>
    public static MethodDefinition? Find(ModuleDefinition module) =>
        Holder(module).Methods.FirstOrDefault(m => m.IsConstructor && m.IsStatic);

    private static MethodDefinition Create(ModuleDefinition module)
    {
        const MethodAttributes attributes = MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
            | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        var initializer = new MethodDefinition(".cctor", attributes, module.TypeSystem.Void);
        initializer.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        Holder(module).Methods.Add(initializer);
        return initializer;
    }

    /// <summary>The class <c>&lt;Module&gt;</c>, the first of every module: ECMA-335 II.22.37.</summary>
    private static TypeDefinition Holder(ModuleDefinition module) => module.Types[0];
}
