using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MemSentry.Verifier.Values;
using Mono.Cecil;

namespace MemSentry.Verifier.Tests;

/// <summary>What the verifier believes of the sizes of structures, against the runtime that the tests run on.</summary>
[TestFixture]
internal sealed class StructureSizeTests
{
    private static readonly ModuleDefinition Own = ModuleDefinition.ReadModule(typeof(StructureSizeTests).Assembly.Location);

    [TestCase(typeof(Guid))]
    [TestCase(typeof(decimal))]
    [TestCase(typeof(Half))]
    [TestCase(typeof(Vector2))]
    [TestCase(typeof(Vector3))]
    [TestCase(typeof(Vector4))]
    [TestCase(typeof(Quaternion))]
    [TestCase(typeof(Plane))]
    [TestCase(typeof(Matrix3x2))]
    [TestCase(typeof(Matrix4x4))]
    [TestCase(typeof(Int128), true)]
    [TestCase(typeof(UInt128), true)]
    [TestCase(typeof(Vector64<byte>), true)]
    [TestCase(typeof(Vector128<float>), true)]
    [TestCase(typeof(Vector256<long>), true)]
    [TestCase(typeof(Vector512<int>), true)]
    public void A_promised_size_is_that_of_the_runtime(Type type, bool isAlignedToMore = false)
    {
        TypeReference reference = Own.ImportReference(type);

        Assert.That(ContractualSize.Of(reference, isField: false), Is.EqualTo(SizeOf(type)));
        Assert.That(ContractualSize.Of(reference, isField: true), Is.EqualTo(isAlignedToMore ? null : SizeOf(type)));
        Assert.That(StructureSize.Of(reference).High, Is.EqualTo(SizeOf(type)));
    }

    [TestCase(typeof(DateTime))]
    [TestCase(typeof(TimeSpan))]
    [TestCase(typeof(Complex))]
    [TestCase(typeof(Vector<int>))]
    [TestCase(typeof(Guid[]))]
    [TestCase(typeof(Guid?))]
    public void Nothing_is_promised_of_others(Type type)
    {
        Assert.That(ContractualSize.Of(Own.ImportReference(type), isField: false), Is.Null);
        Assert.That(StructureSize.Of(Own.ImportReference(type)), Is.EqualTo(Distance.Size));
    }

    [Test]
    public void Nothing_is_promised_of_what_others_call_so() =>
        Assert.That(ContractualSize.Of(new TypeReference("System", "Guid", Own, new AssemblyNameReference("System.Runtime", new Version(1, 0)), valueType: true), isField: false), Is.Null);

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
