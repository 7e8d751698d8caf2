using Mono.Cecil;

namespace MemSentry.Analysis.Summaries;

/// <summary>
/// Which members other modules can name. Internal ones if the assembly has friends (<c>InternalsVisibleTo</c>) or further modules; members of a type that cannot be named, if one that can be is
/// derived from it, because it inherits them (no compiler of C# makes such a type).
/// </summary>
internal sealed class ModuleBorder
{
    private readonly bool _hasFriends;
    private readonly HashSet<TypeDefinition> _inherited = [];

    public ModuleBorder(ModuleDefinition module)
    {
        _hasFriends = module.Assembly is not { Modules.Count: 1 } assembly
            || assembly.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.InternalsVisibleToAttribute");
        foreach (TypeDefinition type in module.GetTypes().Where(CanBeNamed))
        {
            for (TypeDefinition? ancestor = type; ancestor is not null && _inherited.Add(ancestor);)
            {
                // Without a name it is damage: Cecil cannot look for it, and the runtime loads no such type.
                ancestor = ancestor.BaseType is { Name.Length: > 0 } parent && parent.Scope == module ? parent.Resolve() : null;
            }
        }
    }

    /// <summary>Whether code outside of the module can name a member. Global members count as such.</summary>
    public bool IsVisible(MethodDefinition method) => (method.Attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.CompilerControlled or MethodAttributes.Private => method.DeclaringType is { Name: "<Module>", DeclaringType: null },
        MethodAttributes.Assembly or MethodAttributes.FamANDAssem when !_hasFriends => method.DeclaringType is { Name: "<Module>", DeclaringType: null },
        _ => _inherited.Contains(method.DeclaringType),
    };

    private bool CanBeNamed(TypeDefinition type) => (type.DeclaringType is null || CanBeNamed(type.DeclaringType)) && (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.NestedPrivate => false,
        TypeAttributes.NotPublic or TypeAttributes.NestedAssembly or TypeAttributes.NestedFamANDAssem => _hasFriends,
        _ => true,
    };
}
