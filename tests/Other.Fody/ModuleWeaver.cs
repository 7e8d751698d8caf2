using Fody;
using Mono.Cecil;

namespace Other.Fody;

/// <summary>Adds the type <c>AddedByOther</c>, or fails when its element says <c>Fail="true"</c>.</summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    public override void Execute()
    {
        if (Config.Attribute("Fail")?.Value == "true")
            throw new WeavingException("The other weaver fails on request.");
        ModuleDefinition.Types.Add(new TypeDefinition("", "AddedByOther", TypeAttributes.NotPublic, TypeSystem.ObjectReference));
    }

    public override IEnumerable<string> GetAssembliesForScanning() => [];
}
