using System.Reflection;

namespace MemSentry.Corpus.Children;

/// <summary>Finds types to instantiate generic members of one assembly with, so that the JIT can compile them.</summary>
internal sealed class GenericArguments(Assembly assembly)
{
    // A value type gets code of its own, a reference type the shared code: the first that fits of each kind is taken.
    private static readonly Type[][] Candidates =
    [
        [typeof(int), typeof(byte), typeof(DayOfWeek)],
        [typeof(string), typeof(object), typeof(List<int>), typeof(Exception), typeof(int[])],
    ];

    private readonly KnownTypes _known = new(assembly);
    private readonly Dictionary<Type, Type[]?> _found = [];

    /// <summary>Handles for the type's parameters and then the member's, once for each kind of argument; empty if nothing fits the constraints.</summary>
    public IReadOnlyList<RuntimeTypeHandle[]> For(MethodBase method)
    {
        if (method.DeclaringType is not { IsGenericTypeDefinition: true } && !method.IsGenericMethodDefinition)
            return [[]];

        RuntimeTypeHandle[][] simple = [.. Candidates.Select(c => For(method, c)).OfType<RuntimeTypeHandle[]>()];
        return simple.Length > 0 ? simple : For(method, []) is { } known ? [known] : [];
    }

    private RuntimeTypeHandle[]? For(MethodBase method, Type[] candidates)
    {
        Type[]? ofType = method.DeclaringType is { IsGenericTypeDefinition: true } type ? OfType(type, candidates) : [];
        Type[]? ofMethod = method.IsGenericMethodDefinition ? OfMethod((MethodInfo)method, candidates) : [];
        return ofType is null || ofMethod is null ? null : [.. ofType.Concat(ofMethod).Select(t => t.TypeHandle)];
    }

    private Type[]? OfType(Type type, Type[] candidates)
    {
        if (candidates.Length > 0)
            return Choose(type.GetGenericArguments(), candidates, a => type.MakeGenericType(a));

        if (!_found.TryGetValue(type, out Type[]? found))
            _found.Add(type, found = _known.UseOf(type) ?? Choose(type.GetGenericArguments(), candidates, a => type.MakeGenericType(a)));
        return found;
    }

    private Type[]? OfMethod(MethodInfo method, Type[] candidates) => Choose(method.GetGenericArguments(), candidates, a => method.MakeGenericMethod(a));

    // Without candidates: what is known to meet the constraints.
    private Type[]? Choose(Type[] parameters, Type[] candidates, Func<Type[], object> instantiate) => (candidates.Length == 0
            ? Candidates.SelectMany(c => c).Select(c => Same(parameters, c)).Concat(_known.Combinations(parameters))
            : candidates.Select(c => Same(parameters, c)))
        .FirstOrDefault(arguments => Fits(instantiate, arguments));

    // Constraints that mention a parameter itself (T : IEquatable<T>) are met by int and string.
    private static Type[] Same(Type[] parameters, Type candidate) => Array.ConvertAll(parameters, parameter => Fitting(parameter) ?? candidate);

    private static Type? Fitting(Type parameter) => parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        ? parameter.GetGenericParameterConstraints().Contains(typeof(Enum)) ? typeof(DayOfWeek) : null
        : Closed(parameter);

    // A constraint that names a closed class or interface is itself an argument that fits.
    private static Type? Closed(Type parameter) =>
        parameter.GetGenericParameterConstraints().FirstOrDefault(c => !c.ContainsGenericParameters && c != typeof(ValueType) && c != typeof(object));

    private static bool Fits(Func<Type[], object> instantiate, Type[] arguments)
    {
        try
        {
            instantiate(arguments);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or TypeLoadException or NotSupportedException)
        {
            return false;
        }
    }
}
