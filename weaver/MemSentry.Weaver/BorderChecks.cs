using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>The members of <c>MemSentry.CompilerServices.BorderCheck</c>, as references of one module.</summary>
internal sealed class BorderChecks
{
    private readonly ModuleDefinition _module;
    private readonly TypeReference _type;

    public BorderChecks(ModuleDefinition module, TypeReference type)
    {
        _module = module;
        _type = type;
        var types = module.TypeSystem;
        Range = Measuring("Range", types.UInt64);
        SignedRange = Measuring("SignedRange", types.Int64);
        Displaced = Measuring("Displaced", types.UInt64);
    }

    /// <summary><c>void Range(nuint address, ulong count, uint elementSize, string member, int ilOffset, int kind)</c>.</summary>
    public MethodReference Range { get; }

    /// <summary><c>void SignedRange(nuint address, long count, uint elementSize, string member, int ilOffset, int kind)</c>.</summary>
    public MethodReference SignedRange { get; }

    /// <summary><c>void Displaced(nuint address, ulong displacement, uint elementSize, string member, int ilOffset, int kind)</c>.</summary>
    public MethodReference Displaced { get; }

    /// <summary><c>void Span&lt;T&gt;(Span&lt;T&gt; span, string member, int ilOffset, int kind)</c>, or the same for a read-only span.</summary>
    public MethodReference OfSpan(GenericInstanceType span)
    {
        MethodReference method = Generic(span.ElementType.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? "ReadOnlySpan" : "Span");
        var parameter = new GenericInstanceType(span.ElementType);
        parameter.GenericArguments.Add(method.GenericParameters[0]);
        return Instance(method, parameter, span.GenericArguments[0]);
    }

    /// <summary><c>void Handle&lt;T&gt;(T handle, string member, int ilOffset, int kind)</c>.</summary>
    public MethodReference OfHandle(TypeReference handle)
    {
        MethodReference method = Generic("Handle");
        return Instance(method, method.GenericParameters[0], handle);
    }

    private MethodReference Measuring(string name, TypeReference number)
    {
        var types = _module.TypeSystem;
        var method = new MethodReference(name, types.Void, _type) { HasThis = false };
        Add(method, types.UIntPtr, number, types.UInt32);
        return method;
    }

    private MethodReference Generic(string name)
    {
        var method = new MethodReference(name, _module.TypeSystem.Void, _type) { HasThis = false };
        method.GenericParameters.Add(new GenericParameter(method));
        return method;
    }

    private GenericInstanceMethod Instance(MethodReference method, TypeReference parameter, TypeReference argument)
    {
        Add(method, parameter);
        var instance = new GenericInstanceMethod(method);
        instance.GenericArguments.Add(argument);
        return instance;
    }

    /// <summary>Adds parameters and, after them, those that every check has: member, IL offset, kind.</summary>
    private void Add(MethodReference method, params IEnumerable<TypeReference> parameters)
    {
        var types = _module.TypeSystem;
        foreach (TypeReference type in parameters.Concat([types.String, types.Int32, types.Int32]))
            method.Parameters.Add(new ParameterDefinition(type));
    }
}
