using Mono.Cecil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>Names twins in code.</summary>
internal static class TwinReference
{
    /// <summary>The twin of what a call names, with the same generic arguments.</summary>
    public static MethodReference InsteadOf(MethodReference callee, MethodDefinition twin)
    {
        MethodReference element = callee.GetElementMethod();
        if (element is MethodDefinition && callee == element)
            return twin;

        MethodReference reference = On(element.DeclaringType, twin);
        return callee is GenericInstanceMethod instance ? Instance(reference, instance.GenericArguments) : reference;
    }

    /// <summary>The twin as its gate names it: every generic parameter is its own argument.</summary>
    public static MethodReference FromGate(MethodDefinition gate, MethodDefinition twin)
    {
        TypeReference declaring = gate.DeclaringType;
        if (declaring.HasGenericParameters)
        {
            var self = new GenericInstanceType(declaring);
            foreach (GenericParameter parameter in gate.DeclaringType.GenericParameters)
                self.GenericArguments.Add(parameter);
            declaring = self;
        }

        MethodReference reference = declaring is GenericInstanceType ? On(declaring, twin) : twin;
        return gate.HasGenericParameters ? Instance(reference, gate.GenericParameters) : reference;
    }

    private static MethodReference On(TypeReference declaring, MethodDefinition twin)
    {
        var reference = new MethodReference(twin.Name, twin.ReturnType, declaring) { HasThis = twin.HasThis, ExplicitThis = twin.ExplicitThis };
        foreach (GenericParameter parameter in twin.GenericParameters)
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        foreach (ParameterDefinition parameter in twin.Parameters)
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));

        return reference;
    }

    private static GenericInstanceMethod Instance(MethodReference method, IEnumerable<TypeReference> arguments)
    {
        var instance = new GenericInstanceMethod(method);
        foreach (TypeReference argument in arguments)
            instance.GenericArguments.Add(argument);

        return instance;
    }
}
