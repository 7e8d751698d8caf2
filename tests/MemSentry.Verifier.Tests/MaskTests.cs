using MemSentry.Analysis.Options;
using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>A mask covers the load or store that consumes the masked value; what lies behind it is the matter of <see cref="MaskedDistanceTests"/>.</summary>
[TestFixture]
internal sealed class MaskTests : BodyTests
{
    private static readonly WeaverOptions Sfi = new() { ProtMethod = ProtectionMethod.Sfi };

    [Test]
    public void Masked_load_is_covered() => Accepts(a => Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    [Test]
    public void Masked_store_is_covered() => Accepts(a => Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Ldc_I4_0).Emit(OpCodes.Stind_I4), Sfi);

    [Test]
    public void Masked_value_in_a_variable_is_covered() => Accepts(a =>
    {
        VariableDefinition copy = a.Pointer();
        Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloc, copy).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }, Sfi);

    [Test]
    public void Mask_is_no_proof_where_the_stamp_says_that_addresses_are_compared() =>
        Rejects(VerifierCode.AccessNotProven, a => Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop));

    [TestCase(AccessTable.AddressSpaceLayout.AliasBit >> 1)]
    [TestCase(AccessTable.AddressSpaceLayout.AliasBit << 1)]
    [TestCase(0)]
    public void Another_constant_is_no_mask(long constant) =>
        Rejects(VerifierCode.AccessNotProven, a => Mask(a.Emit(OpCodes.Ldarg_0), constant).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    [TestCase(Code.Xor)]
    [TestCase(Code.And)]
    [TestCase(Code.Add)]
    public void Another_operation_is_no_mask(Code operation) => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Mask(a.Emit(OpCodes.Ldarg_0)).Code[^1].OpCode = operation switch { Code.Xor => OpCodes.Xor, Code.And => OpCodes.And, _ => OpCodes.Add };
        a.Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }, Sfi);

    [Test]
    public void Mask_of_a_copy_does_not_cover_the_original() =>
        Rejects(VerifierCode.AccessNotProven, a => Mask(a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Dup)).Emit(OpCodes.Pop).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    [Test]
    public void Masked_value_does_not_become_a_reference() =>
        Rejects(VerifierCode.ConversionNotProven, a => Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Call, a.Member("CalleeOf")), Sfi);

    [Test]
    public void Masked_value_does_not_leave() => Rejects(VerifierCode.EscapeNotProven, a => Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Call, a.Member("free")), Sfi);

    [Test]
    public void Masked_value_is_not_covered_as_a_reference_in_a_variable() => Rejects(VerifierCode.AccessNotProven, a =>
        Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Starg, a.Body.Method.Parameters[2]).Emit(OpCodes.Ldarg_2).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    [Test]
    public void Masked_value_is_not_covered_across_a_call() => Rejects(VerifierCode.AccessNotProven, a =>
        Mask(a.Emit(OpCodes.Ldarg_0)).Emit(OpCodes.Call, a.Member("Callee")).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    [Test]
    public void Compare_covers_here_too() => Accepts(a => a.Emit(OpCodes.Ldarg_0).CheckAndPop().Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop), Sfi);

    private static Assembler Mask(Assembler a, long constant = AccessTable.AddressSpaceLayout.AliasBit) => a.Emit(OpCodes.Ldc_I8, constant).Emit(OpCodes.Conv_U).Emit(OpCodes.Or);
}
