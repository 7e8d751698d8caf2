using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A cast may ask the object, which runs code of its own (<c>IDynamicInterfaceCastable</c>): behind such a cast nothing is proven of a pointer, as behind a call.</summary>
[TestFixture]
internal sealed class DynamicCastTests : BodyTests
{
    [TestCase(Code.Castclass)]
    [TestCase(Code.Isinst)]
    [TestCase(Code.Unbox_Any)]
    public void A_cast_to_an_interface_is_a_call(Code cast) => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, cast, Interface(a)));

    [TestCase(Code.Castclass)]
    [TestCase(Code.Isinst)]
    [TestCase(Code.Unbox_Any)]
    public void A_cast_to_a_class_is_none(Code cast) => Accepts(a => UseBehind(a, cast, a.Body.Method.Module.TypeSystem.String));

    [Test]
    public void A_cast_to_an_array_is_none() => Accepts(a => UseBehind(a, Code.Castclass, new ArrayType(Interface(a))));

    [Test]
    public void A_cast_to_what_is_not_found_may_be_any() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        var nowhere = new AssemblyNameReference("Nowhere", new Version(1, 0));
        a.Body.Method.Module.AssemblyReferences.Add(nowhere);
        UseBehind(a, Code.Castclass, new TypeReference("Nowhere", "Unknown", a.Body.Method.Module, nowhere));
    });

    [Test]
    public void A_store_into_an_array_of_objects_is_a_call() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        a.Emit(OpCodes.Ldarg_0).CheckAndPop();
        a.Emit(OpCodes.Ldnull).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Ldnull).Emit(OpCodes.Stelem_Ref);
        Use(a);
    });

    [Test]
    public void A_look_for_the_member_that_implements_an_interface_is_a_call() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        a.Emit(OpCodes.Ldarg_0).CheckAndPop();
        a.Emit(OpCodes.Ldnull).Emit(OpCodes.Ldvirtftn, a.Body.Method.Module.ImportReference(typeof(IDisposable).GetMethod(nameof(IDisposable.Dispose)))).Emit(OpCodes.Pop);
        Use(a);
    });

    [Test]
    public void A_check_behind_the_cast_proves() => Accepts(a =>
    {
        a.Emit(OpCodes.Ldnull).Emit(OpCodes.Castclass, Interface(a)).Emit(OpCodes.Pop);
        VariableDefinition copy = a.Local(a.Body.Method.Module.TypeSystem.IntPtr);
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloca, copy).Emit(OpCodes.Volatile).Emit(OpCodes.Ldind_I).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);
        a.Emit(OpCodes.Ldarg_0).CheckAndPop();
        Use(a);
    });

    private static TypeReference Interface(Assembler a) => a.Body.Method.Module.ImportReference(typeof(IDisposable));

    /// <summary>A pointer that was checked before a cast of an object, and is used behind it.</summary>
    private static void UseBehind(Assembler a, Code cast, TypeReference type)
    {
        a.Emit(OpCodes.Ldarg_0).CheckAndPop().Emit(OpCodes.Ldnull);
        a.Mark(Instruction.Create(cast switch { Code.Castclass => OpCodes.Castclass, Code.Isinst => OpCodes.Isinst, _ => OpCodes.Unbox_Any }, type)).Emit(OpCodes.Pop);
        Use(a);
    }

    private static void Use(Assembler a) => a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
}
