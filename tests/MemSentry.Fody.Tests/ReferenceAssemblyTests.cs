using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>A build sees the framework through reference assemblies, which leave private fields out: in them a span does not look as if it held a reference.</summary>
[TestFixture]
internal sealed class ReferenceAssemblyTests
{
    private const string Program = """
        using MemSentry;

        unsafe
        {
            long* forged = stackalloc long[2];
            forged[0] = Secret.Address;
            forged[1] = 4;
            System.Span<byte> span = *(System.Span<byte>*)forged;
            System.Console.WriteLine($"read {span.ToArray()[0]}");
        }

        static unsafe class Secret
        {
            static readonly SafeRegion Region = SafeRegion.Allocate(4, new() { Name = "secret" });

            public static nint Address { [SafeRegionAccess] get => (nint)Region.Pointer; }
        }
        """;

    [Test]
    public void Span_that_was_read_out_of_raw_memory_is_checked()
    {
        using var project = new WovenProject();
        project.Write("Program.cs", Program);
        CommandResult build = project.Build();
        Assert.That(build, Says.Woven, build.ToString());

        CommandResult run = Command.Dotnet(project.Folder, ["exec", project.Output()]);

        Assert.That(run.ExitCode, Is.EqualTo(134), run.ToString());
        Assert.That(run.Output, Does.Contain("MS7100: Blocked").And.Contain("'secret'").And.Not.Contain("read "));
    }
}
