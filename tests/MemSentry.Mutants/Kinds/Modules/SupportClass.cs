using Mono.Cecil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>What the weaver adds to every module.</summary>
internal static class SupportClass
{
    /// <summary>The member that ends a failed check.</summary>
    public static MethodDefinition Throw(ModuleDefinition module) => Member(module, "Throw");

    /// <summary>The member that starts the runtime.</summary>
    public static MethodDefinition Start(ModuleDefinition module) => Member(module, "Start");

    /// <summary>The module's initialiser.</summary>
    public static MethodDefinition Initializer(ModuleDefinition module) => module.Types[0].Methods.Single(m => m.Name == ".cctor");

    /// <summary>The attribute with layout and settings.</summary>
    public static CustomAttribute Stamp(ModuleDefinition module) => module.Assembly.CustomAttributes.Single(a => a.AttributeType.Name == "WovenAssemblyAttribute");

    /// <summary>The stamped settings.</summary>
    public static string Settings(ModuleDefinition module) => (string)Stamp(module).ConstructorArguments[1].Value;

    private static MethodDefinition Member(ModuleDefinition module, string name) => module.GetType("<MemSentry>").Methods.Single(m => m.Name == name);
}
