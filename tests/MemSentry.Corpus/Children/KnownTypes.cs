using System.Reflection;
using System.Runtime.Loader;

namespace MemSentry.Corpus.Children;

/// <summary>
/// Type arguments for parameters whose constraints only types of the assembly itself meet: those with which it uses the generic type, or types that
/// implement what is asked for.
/// </summary>
internal sealed class KnownTypes(Assembly assembly)
{
    private const int Tried = 5;

    // Implement what generic code asks for most.
    private static readonly Type[] Collections = [typeof(List<int>), typeof(HashSet<int>), typeof(Dictionary<int, int>), typeof(List<int>.Enumerator)];

    private readonly Lazy<Type[]> _closed = new(() => [.. Collections, .. Closed([.. Assemblies(assembly).SelectMany(a => a.GetTypes()).Where(t => !t.IsByRefLike)])]);

    private readonly Dictionary<Type, Type[]?> _uses = [];

    /// <summary>Arguments with which a closed type derives from a generic one, or implements it; null if none does.</summary>
    public Type[]? UseOf(Type definition)
    {
        if (!_uses.TryGetValue(definition, out Type[]? arguments))
            _uses.Add(definition, arguments = FindUse(definition));
        return arguments;
    }

    /// <summary>Combinations of types that might fit: one that meets the constraints of one parameter, and what follows from it for the others.</summary>
    public IEnumerable<Type[]> Combinations(Type[] parameters) =>
        from parameter in parameters
        where parameter.GetGenericParameterConstraints().Any(c => c != typeof(ValueType))
        from type in _closed.Value.Where(t => Meets(t, parameter)).Take(Tried)
        from other in (Type[])[typeof(int), typeof(string)]
        select Bind(parameters, parameter, type, other);

    // What is loaded with it - a library may leave an interface to its users - but not the whole framework.
    private static IEnumerable<Assembly> Assemblies(Assembly assembly) => AssemblyLoadContext.GetLoadContext(assembly) is { } context && context != AssemblyLoadContext.Default
        ? context.Assemblies
        : [assembly];

    // Generic types without constraints count with int: they may be what others ask for.
    private static IEnumerable<Type> Closed(Type[] types) => types.Where(t => !t.ContainsGenericParameters)
        .Concat(types.Where(t => t is { IsGenericTypeDefinition: true, IsAbstract: false } && t.GetGenericArguments().All(IsFree))
            .Select(t => t.MakeGenericType(Array.ConvertAll(t.GetGenericArguments(), _ => typeof(int)))));

    private static bool IsFree(Type parameter) =>
        parameter.GetGenericParameterConstraints().Length == 0 && !parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);

    private Type[]? FindUse(Type definition)
    {
        // A nested type has the parameters of those around it.
        if (definition.DeclaringType is { IsGenericTypeDefinition: true } outer && outer.GetGenericArguments().Length == definition.GetGenericArguments().Length)
            return UseOf(outer);

        return _closed.Value.SelectMany(Ancestors).FirstOrDefault(a => a.IsGenericType && a.GetGenericTypeDefinition() == definition)?.GetGenericArguments();
    }

    // With TAction : IAction<TItem>, a type that implements IAction<long> says that TItem is long.
    private Type[] Bind(Type[] parameters, Type parameter, Type type, Type other)
    {
        var bound = new Type?[parameters.Length];
        bound[Array.IndexOf(parameters, parameter)] = type;
        foreach (Type constraint in parameter.GetGenericParameterConstraints().Where(c => c.IsGenericType))
        {
            Type met = Ancestors(type).First(a => Definition(a) == Definition(constraint));
            foreach ((Type wanted, Type given) in constraint.GetGenericArguments().Zip(met.GetGenericArguments()))
            {
                if (Array.IndexOf(parameters, wanted) is >= 0 and var index)
                    bound[index] ??= given;
            }
        }

        return [.. parameters.Select((p, i) => bound[i] ?? (p.GetGenericParameterConstraints().Length > 0 ? _closed.Value.FirstOrDefault(t => Meets(t, p)) : null) ?? other)];
    }

    private static bool Meets(Type type, Type parameter) =>
        (!parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) || type.IsValueType)
        && parameter.GetGenericParameterConstraints().All(constraint => Ancestors(type).Any(a => Definition(a) == Definition(constraint)));

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
            yield return t;
        foreach (Type t in type.GetInterfaces())
            yield return t;
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
