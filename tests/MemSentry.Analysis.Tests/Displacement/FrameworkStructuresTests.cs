using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MemSentry.Analysis.Displacement;
using Mono.Cecil;

namespace MemSentry.Analysis.Tests.Displacement;

/// <summary>The table of sizes that never change, against the runtime that the tests run on.</summary>
[TestFixture]
internal sealed class FrameworkStructuresTests
{
    private static readonly ModuleDefinition Own = ModuleDefinition.ReadModule(typeof(FrameworkStructuresTests).Assembly.Location);

    private static readonly Type[] Known =
    [
        typeof(Guid), typeof(decimal), typeof(Half), typeof(Vector2), typeof(Vector3), typeof(Vector4), typeof(Quaternion), typeof(Plane), typeof(Matrix3x2), typeof(Matrix4x4), typeof(Int128), typeof(UInt128),
        typeof(Vector64<byte>), typeof(Vector128<float>), typeof(Vector256<long>), typeof(Vector512<int>),
    ];

    private static readonly Type[] Containers = [.. typeof(FrameworkStructuresTests).GetNestedTypes(BindingFlags.NonPublic).Where(t => t.IsValueType && !t.Name.StartsWith('<'))];

    [TestCaseSource(nameof(Known))]
    public void A_size_is_that_of_the_runtime(Type type) => Assert.That(FrameworkStructures.SizeOf(Own.ImportReference(type)), Is.EqualTo(SizeOf(type)));

    /// <summary>Gaps included, wherever it lies in the structure.</summary>
    [TestCaseSource(nameof(Containers))]
    public void What_contains_them_is_not_larger_than_was_thought(Type type)
    {
        Interval bound = StructureSizes.Of(Own.GetType(type.FullName!.Replace('+', '/')));

        Assert.That(bound.High, Is.InRange(SizeOf(type), 2 * SizeOf(type) + 8));
    }

    [TestCase(typeof(DateTime))]
    [TestCase(typeof(DateTimeOffset))]
    [TestCase(typeof(TimeSpan))]
    [TestCase(typeof(Complex))]
    [TestCase(typeof(Index))]
    [TestCase(typeof(Vector<int>), Description = "which is as long as the processor has registers")]
    [TestCase(typeof(Guid[]), Description = "a reference")]
    public void Of_others_nothing_is_known(Type type) => Assert.That(FrameworkStructures.SizeOf(Own.ImportReference(type)), Is.Null);

    [TestCase("Some.Library")]
    [TestCase("System.Numerics.Vectors.More")]
    public void A_structure_of_that_name_from_elsewhere_is_another(string assembly) =>
        Assert.That(FrameworkStructures.SizeOf(new TypeReference("System", "Guid", Own, new AssemblyNameReference(assembly, new Version(1, 0)), valueType: true)), Is.Null);

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

#pragma warning disable CS0649 // Nobody assigns fields of what is only measured.
    private struct HasGuid { public byte First; public Guid Second; public byte Third; }

    private struct HasDecimal { public byte First; public decimal Second; public byte Third; }

    private struct HasHalves { public Half First; public long Second; public Half Third; }

    private struct HasVectors { public byte First; public Vector2 Second; public byte Third; public Vector3 Fourth; public byte Fifth; public Vector4 Sixth; public byte Seventh; }

    private struct HasPlanes { public byte First; public Plane Second; public byte Third; public Quaternion Fourth; }

    private struct HasMatrices { public byte First; public Matrix3x2 Second; public byte Third; public Matrix4x4 Fourth; public byte Fifth; }

    private struct HasOthers { public byte First; public HasGuid Second; public byte Third; public HasDecimal Fourth; }
}
