using System.Reflection;

namespace MemSentry.RealAssemblies.Workloads;

/// <summary>Finds types to instantiate generic members with, so that the JIT can compile them.</summary>
internal static class GenericArguments
{
    // The first that fits: a value type gets code of its own, a reference type the shared code.
    private static readonly Type[] Candidates = [typeof(int), typeof(string), typeof(object), typeof(byte), typeof(DayOfWeek), typeof(List<int>), typeof(Exception), typeof(int[])];

    /// <summary>Handles for the type's parameters and then the member's; null if no candidates fit the constraints.</summary>
    public static RuntimeTypeHandle[]? For(MethodBase method)
    {
        Type[]? ofType = Choose(method.DeclaringType is { IsGenericTypeDefinition: true } type ? type.GetGenericArguments() : [], a => method.DeclaringType!.MakeGenericType(a));
        Type[]? ofMethod = Choose(method.IsGenericMethodDefinition ? method.GetGenericArguments() : [], a => ((MethodInfo)method).MakeGenericMethod(a));
        return ofType is null || ofMethod is null ? null : [.. ofType.Concat(ofMethod).Select(t => t.TypeHandle)];
    }

    private static Type[]? Choose(Type[] parameters, Func<Type[], object> instantiate)
    {
        if (parameters.Length == 0)
            return [];

        // Constraints that mention a parameter itself (T : IEquatable<T>) are met by int and string; mixed needs are rare enough to be counted as open.
        return Candidates
            .Select(candidate => Array.ConvertAll(parameters, parameter => Fitting(parameter) ?? candidate))
            .FirstOrDefault(arguments => Fits(instantiate, arguments));
    }

    private static Type? Fitting(Type parameter) => parameter.GenericParameterAttributes switch
    {
        var a when a.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) => parameter.GetGenericParameterConstraints().Contains(typeof(Enum)) ? typeof(DayOfWeek) : typeof(int),
        var a when a.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) => Closed(parameter) ?? typeof(string),
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
