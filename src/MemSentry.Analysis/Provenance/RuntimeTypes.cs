using Mono.Cecil;

namespace MemSentry.Analysis.Provenance;

/// <summary>Types of the runtime that instructions push without naming them.</summary>
internal sealed class RuntimeTypes(ModuleDefinition module)
{
    private readonly Dictionary<string, TypeReference> _known = [];

    /// <summary>The type of a typed reference.</summary>
    public TypeReference TypedReference => module.TypeSystem.TypedReference;

    /// <summary>A value type of the runtime's namespace <c>System</c>, as this module refers to it.</summary>
    public TypeReference Get(string name)
    {
        if (!_known.TryGetValue(name, out TypeReference? type))
        {
            type = new TypeReference("System", name, module, module.TypeSystem.CoreLibrary, valueType: true);
            _known.Add(name, type);
        }

        return type;
    }
}
