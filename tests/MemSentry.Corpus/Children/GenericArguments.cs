using System.Reflection;

namespace MemSentry.Corpus.Children;

/// <summary>Finds types to instantiate generic members with, so that the JIT can compile them.</summary>
internal static class GenericArguments
{
    // A value type gets code of its own, a reference type the shared code: the first that fits of each kind is taken.
    private static readonly Type[][] Candidates =
    [
        [typeof(int), typeof(byte), typeof(DayOfWeek)],
        [typeof(string), typeof(object), typeof(List<int>), typeof(Exception), typeof(int[])],
    ];

    /// <summary>Handles for the type's parameters and then the member's, once for each kind of argument; empty if no candidates fit the constraints.</summary>
    public static IEnumerable<RuntimeTypeHandle[]> For(MethodBase method)
    {
        Type? type = method.DeclaringType is { IsGenericTypeDefinition: true } definition ? definition : null;
        if (type is null && !method.IsGenericMethodDefinition)
            return [[]];

        IEnumerable<RuntimeTypeHandle[]?> found = Candidates.Select(candidates =>
        {
            Type[]? ofType = Choose(type?.GetGenericArguments() ?? [], candidates, a => type!.MakeGenericType(a));
            Type[]? ofMethod = Choose(method.IsGenericMethodDefinition ? method.GetGenericArguments() : [], candidates, a => ((MethodInfo)method).MakeGenericMethod(a));
            return ofType is null || ofMethod is null ? null : ofType.Concat(ofMethod).Select(t => t.TypeHandle).ToArray();
        });
        return found.OfType<RuntimeTypeHandle[]>();
    }

    private static Type[]? Choose(Type[] parameters, Type[] candidates, Func<Type[], object> instantiate)
    {
        if (parameters.Length == 0)
            return [];

        // Constraints that mention a parameter itself (T : IEquatable<T>) are met by int and string; mixed needs are rare enough to be counted as open.
        return candidates
            .Select(candidate => Array.ConvertAll(parameters, parameter => Fitting(parameter) ?? candidate))
            .FirstOrDefault(arguments => Fits(instantiate, arguments));
    }

    private static Type? Fitting(Type parameter) => parameter.GenericParameterAttributes switch
    {
        var a when a.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) => parameter.GetGenericParameterConstraints().Contains(typeof(Enum)) ? typeof(DayOfWeek) : Closed(parameter) is { IsValueType: true } type ? type : null,
        _ => Closed(parameter),
    };

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
