using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;

namespace MemSentry.Weaver.Tests;

internal sealed class MemberSignatureTests
{
    [Test]
    public void MembersThatDifferByTypeParametersOrReturnTypeHaveDifferentSignatures()
    {
        using ModuleDefinition module = CSharpFixture.Compile("""
            public class C<T>
            {
                public void M() { }
                public void M<U>() { }
                public void M(T t) { }
                public void M<U>(U u) { }
                public static implicit operator int(C<T> c) => 1;
                public static implicit operator long(C<T> c) => 1;
            }
            """).Read();

        string[] signatures = [.. module.GetType("C`1").Methods.Select(MemberSignature.WithReturnType)];

        Assert.That(signatures, Is.Unique);
        Assert.That(signatures, Does.Contain("System.Void C`1::M`1(U)"));
    }
}
