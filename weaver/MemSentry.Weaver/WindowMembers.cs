using Mono.Cecil;

namespace MemSentry.Weaver;

/// <summary>The members of <c>MemSentry.CompilerServices.Window</c> and <c>WindowBody</c>, and what else gates call, as references of one module.</summary>
internal sealed class WindowMembers
{
    public WindowMembers(ModuleDefinition module, TypeReference window, TypeReference body)
    {
        var types = module.TypeSystem;
        Enter = Static(window, "Enter", types.Void, types.Int32, types.Int32, types.UIntPtr);
        Leave = Static(window, "Leave", types.Void, types.UIntPtr);
        Suspend = Static(window, "Suspend", types.Void, types.UIntPtr);
        Resume = Static(window, "Resume", types.Void, types.UIntPtr);
        ResumeByKey = Static(window, "Resume", types.Void, types.Int32, types.Int32, types.UIntPtr);
        RequireKey = Static(window, "RequireKey", types.Void, types.Int32, types.Int32, types.Int32);
        Stubs = new GateStubs(module);
        Require = Static(window, "Require", types.Void, types.Int32, types.Int32);

        var helpers = new TypeReference("System.Runtime.CompilerServices", "RuntimeHelpers", module, types.CoreLibrary);
        var handle = new TypeReference("System", "RuntimeTypeHandle", module, types.CoreLibrary, valueType: true);
        RunStaticConstructor = Static(helpers, "RunClassConstructor", types.Void, handle);
        Prepare = Static(body, "Prepare", types.Void, new TypeReference("System", "RuntimeMethodHandle", module, types.CoreLibrary, valueType: true));
    }

    /// <summary><c>void Enter(int domain, int rights, nuint frame)</c>.</summary>
    public MethodReference Enter { get; }

    /// <summary><c>void Leave(nuint frame)</c>.</summary>
    public MethodReference Leave { get; }

    /// <summary><c>void Suspend(nuint frame)</c>.</summary>
    public MethodReference Suspend { get; }

    /// <summary><c>void Resume(nuint frame)</c>.</summary>
    public MethodReference Resume { get; }

    /// <summary><c>void Resume(int domain, int rights, nuint frame)</c>.</summary>
    public MethodReference ResumeByKey { get; }

    /// <summary><c>void RequireKey(int answer, int domain, int rights)</c>.</summary>
    public MethodReference RequireKey { get; }

    /// <summary>The stubs of domains that have protection keys.</summary>
    public GateStubs Stubs { get; }

    /// <summary><c>void Require(int domain, int rights)</c>.</summary>
    public MethodReference Require { get; }

    /// <summary><c>void RuntimeHelpers.RunClassConstructor(RuntimeTypeHandle type)</c>.</summary>
    public MethodReference RunStaticConstructor { get; }

    /// <summary><c>void WindowBody.Prepare(RuntimeMethodHandle body)</c>.</summary>
    public MethodReference Prepare { get; }

    private static MethodReference Static(TypeReference type, string name, TypeReference result, params TypeReference[] parameters)
    {
        var method = new MethodReference(name, result, type) { HasThis = false };
        foreach (TypeReference parameter in parameters)
            method.Parameters.Add(new ParameterDefinition(parameter));

        return method;
    }
}
