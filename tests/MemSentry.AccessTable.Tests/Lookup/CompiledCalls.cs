using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.AccessTable.Tests.Lookup;

/// <summary>The references in the compiled form of <see cref="Calls"/>.</summary>
internal static class CompiledCalls
{
    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(Calls).Assembly.Location);

    /// <summary>The first call in a member.</summary>
    public static MethodReference In(string member, string type = nameof(Calls)) => (MethodReference)Module.Types.Single(t => t.Name == type)
        .Methods.Single(m => m.Name == member)
        .Body.Instructions.First(i => i.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj).Operand;

    /// <summary>What the table says of the first call in a member.</summary>
    public static ApiContract Contract(string member, string type = nameof(Calls)) =>
        ApiTable.Find(In(member, type)) ?? throw new AssertionException($"{In(member, type).FullName} is not in the table");

    /// <summary>What the table says of one operand.</summary>
    public static ApiOperand Operand(this ApiContract contract, int index) => contract.Operands.Single(o => o.Index == index);

    /// <summary>A reference to a member that does not exist, on a type that does.</summary>
    public static MethodReference Imagined(Type type, string name, params TypeReference[] parameters)
    {
        var reference = new MethodReference(name, Module.TypeSystem.Void, Module.ImportReference(type));
        foreach (TypeReference parameter in parameters)
        {
            reference.Parameters.Add(new ParameterDefinition(parameter));
        }

        return reference;
    }

    public static TypeReference Basic<T>() => Module.ImportReference(typeof(T));

    public static PointerType VoidPointer => new(Module.TypeSystem.Void);
}
