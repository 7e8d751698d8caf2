using MemSentry.Analysis.Diagnostics;
using Mono.Cecil;

namespace MemSentry.Weaver.Reading;

/// <summary>Refuses modules that cannot be woven, each with its own sentence.</summary>
internal static class WeavableModule
{
    /// <summary>Stops the weave if the module cannot be woven.</summary>
    /// <exception cref="WeaveException">With the reason.</exception>
    public static void Require(ModuleDefinition module)
    {
        if (module.Assembly is null || module.Kind == ModuleKind.NetModule)
            throw Refusal(DiagnosticId.NotAnAssembly, $"'{module.Name}' is a part of a multi-file assembly; weave assemblies of one file only.");

        if (IsCoreLibrary(module))
            throw Refusal(DiagnosticId.CoreLibrary,
                $"'{module.Assembly.Name.Name}' is the core library, which cannot be woven: its checks would call MemSentry.Runtime, which stands on it; " +
                "leave it as it is, because what other woven assemblies hand to it is compared where they call it.");

        // The trust list, too: a damaged stamp does not make an assembly what its compiler made.
        if (module.Assembly.CustomAttributes.Any(a => a.AttributeType.FullName == RuntimeContract.WovenAttributeFullName)
            || module.Resources.Any(r => r.Name == RuntimeContract.TrustListResource))
            throw Refusal(DiagnosticId.AlreadyWoven,
                $"'{module.Assembly.Name.Name}' is already woven; weave what the compiler made, not the result of an earlier weave.");

        if (!module.Attributes.HasFlag(ModuleAttributes.ILOnly) && !ReadyToRunCode.IsIn(module))
            throw Refusal(DiagnosticId.MixedMode,
                $"'{module.Assembly.Name.Name}' mixes managed and native code, which cannot be woven; " +
                "weave the assemblies that call it instead.");
    }

    /// <summary>Whether the module has the root of all classes, the one without a base class (ECMA-335 I.8.9.9).</summary>
    private static bool IsCoreLibrary(ModuleDefinition module) => module.GetType("System", "Object") is { BaseType: null, IsInterface: false };

    private static WeaveException Refusal(DiagnosticId id, string message) => new(Diagnostic.Error(id, message));
}
