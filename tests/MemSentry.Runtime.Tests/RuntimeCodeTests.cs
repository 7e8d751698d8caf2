using System.Reflection;

namespace MemSentry.Runtime.Tests;

public sealed class RuntimeCodeTests
{
    [Test]
    public void Every_code_has_a_test_that_provokes_it()
    {
        IEnumerable<RuntimeCode> covered = typeof(RuntimeCodeTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(TestAttribute)) || method.IsDefined(typeof(TestCaseAttribute)))
            .SelectMany(test => test.GetCustomAttributes<CoversAttribute>())
            .Select(attribute => attribute.Code);

        Assert.That(Enum.GetValues<RuntimeCode>().Except(covered), Is.Empty);
    }
}
