using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>
/// What woven code knows of the runtime. The weaver names these members and never loads them, so that it can weave for a runtime it does
/// not run on; the names are the contract and live here only.
/// </summary>
internal sealed class RuntimeContract
{
    /// <summary>The assembly that woven code refers to.</summary>
    public const string AssemblyName = "MemSentry.Runtime";

    /// <summary>The full name of the attribute that woven assemblies carry.</summary>
    public const string WovenAttributeFullName = Namespace + "." + WovenAttributeName;

    /// <summary>The name of the resource with the trust list.</summary>
    public const string TrustListResource = "MemSentry.TrustList";

    /// <summary>The name of the resource with what members believe across calls.</summary>
    public const string SummaryResource = "MemSentry.Summaries";

    private const string Namespace = "MemSentry.CompilerServices";
    private const string WovenAttributeName = "WovenAssemblyAttribute";

    private static readonly Version DefaultVersion = new(0, 1, 0, 0);

    private RuntimeContract(ModuleDefinition module)
    {
        var types = module.TypeSystem;
        AssemblyNameReference runtime = ReferenceIn(module);
        TypeReference Type(string name) => new(Namespace, name, module, runtime);

        Exception = new TypeReference("System", "Exception", module, types.CoreLibrary);
        CreateViolation = Method(Type("Violation"), "OfMember", Exception, types.UIntPtr, types.String, types.Int32, types.Int32, types.Int32);
        StartModule = Method(Type("WovenModule"), "Start", types.Void, types.String, types.Int32, types.String);
        BorderChecks = new BorderChecks(module, Type("BorderCheck"));
        Window = new WindowMembers(module, Type("Window"), Type("WindowBody"));
        WovenAttributeConstructor = Method(Type(WovenAttributeName), ".ctor", types.Void, types.Int32, types.String, types.String);
        WovenAttributeConstructor.HasThis = true;
    }

    /// <summary><c>System.Exception</c> of the module's own core library.</summary>
    public TypeReference Exception { get; }

    /// <summary><c>Exception Violation.OfMember(nuint address, string members, int member, int ilOffset, int kind)</c>.</summary>
    public MethodReference CreateViolation { get; }

    /// <summary>The checks that are calls of the runtime.</summary>
    public BorderChecks BorderChecks { get; }

    /// <summary>What gates and twins call.</summary>
    public WindowMembers Window { get; }

    /// <summary><c>void WovenModule.Start(string assemblyName, int layoutVersion, string settings)</c>.</summary>
    public MethodReference StartModule { get; }

    /// <summary><c>WovenAssemblyAttribute(int layoutVersion, string settings, string weaverVersion)</c>.</summary>
    public MethodReference WovenAttributeConstructor { get; }

    /// <summary>The contract as references of one module, which gets a reference to the runtime unless it has one.</summary>
    public static RuntimeContract In(ModuleDefinition module) => new(module);

    private static AssemblyNameReference ReferenceIn(ModuleDefinition module)
    {
        AssemblyNameReference? reference = module.AssemblyReferences.FirstOrDefault(r => r.Name == AssemblyName);
        if (reference is null)
            module.AssemblyReferences.Add(reference = new AssemblyNameReference(AssemblyName, DefaultVersion));

        return reference;
    }

    private static MethodReference Method(TypeReference type, string name, TypeReference result, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, type) { HasThis = false };
        foreach (TypeReference parameter in parameters)
            method.Parameters.Add(new ParameterDefinition(parameter));

        return method;
    }
}
