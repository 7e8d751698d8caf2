using MemSentry.Fody.Tests.Infrastructure;

namespace MemSentry.Fody.Tests;

/// <summary>Missing and wrong configuration: one coded sentence at the place of the mistake, and no assembly.</summary>
[TestFixture]
internal sealed class ConfigurationErrorTests
{
    private WovenProject _project = null!;

    [OneTimeSetUp]
    public void Restore()
    {
        _project = new WovenProject();
        Assert.That(Command.Dotnet(_project.Folder, "restore").Succeeded);
    }

    [OneTimeTearDown]
    public void Remove() => _project.Dispose();

    [TearDown]
    public void RemoveConfiguration() => _project.Delete("FodyWeavers.xml");

    [TestCase("<Weavers>\n  <MemSentry\n    Rw=\"x\" />\n</Weavers>", "FodyWeavers.xml(3,5): error MS1001: The option 'Rw' cannot be 'x'; it can be r, w, rw.")]
    [TestCase("<Weavers>\n  <MemSentry Rww=\"r\" />\n</Weavers>", "FodyWeavers.xml(2,14): error MS1002: The option 'Rww' is not known; the options are ProtMethod, Rw,")]
    [TestCase("<Weavers>\n  <MemSentry><Rw>r</Rw></MemSentry>\n</Weavers>", "FodyWeavers.xml(2,15): error MS1002: The element <Rw> is not known; options are attributes of <MemSentry />.")]
    [TestCase("<Weavers>\n</Weavers>", "add <MemSentry /> as the last element of <Weavers>")]
    [TestCase("<Weavers>\n  <MemSentry\n</Weavers>", "FodyWeavers.xml(3,1): error MS4003: ")]
    public void A_wrong_file_is_an_error_at_its_place(string xml, string expected)
    {
        _project.Write("FodyWeavers.xml", xml);
        AssertRefused(_project.Build("--no-restore"), expected);
    }

    [TestCase("-p:MemSentryProtMethod=mpy", "error MS1001: The option 'ProtMethod' cannot be 'mpy'; it can be mpx, sfi, mpk, mprotect, crypt, none. It was written in the MSBuild property MemSentryProtMethod.")]
    [TestCase("-p:MemSentryDomainMethods=keys:mpx", "error MS1001: The option 'DomainMethods' cannot be 'keys:mpx', because 'mpx' is no method that opens domains; those are mpk, mprotect and crypt. It was written in the MSBuild property MemSentryDomainMethods.")]
    [TestCase("-p:MemSentryDomainMethods=keys:crypt", "error MS1001: The option 'DomainMethods' needs ProtMethod=mpk, mprotect or crypt: under other methods nobody opens a domain.")]
    [TestCase("-p:MemSentryScope=all", "error MS1001: The option 'Scope' cannot be 'all', because accesses to arrays, objects and spans are not rewritten; use raw,")]
    [TestCase("-p:MemSentryProtMetod=mpx", "error MS1002: The MSBuild property 'MemSentryProtMetod' is not known; the properties are MemSentryProtMethod,")]
    public void A_wrong_property_is_an_error_that_names_it(string property, string expected) =>
        AssertRefused(_project.Build("--no-restore", property), expected);

    [Test]
    public void A_missing_weaver_is_named() =>
        AssertRefused(_project.Build("--no-restore", "-p:MemSentryWeaverFile=/nowhere/MemSentry.Fody.dll"), "error MS4008: The weaver is not at /nowhere/MemSentry.Fody.dll;");

    [Test]
    public void MSBuild_for_the_NET_Framework_is_refused_with_the_remedy() =>
        AssertRefused(_project.Build("--no-restore", "-p:_MemSentryBuildHost=Full"), "error MS4004: ");

    private void AssertRefused(CommandResult build, string expected)
    {
        Assert.Multiple(() =>
        {
            Assert.That(build.Succeeded, Is.False, build.ToString());
            Assert.That(build.Output, Does.Contain(expected));
            Assert.That(build.Output, Does.Not.Contain("   at "));
            Assert.That(File.Exists(_project.Output()), Is.False);
        });
    }
}
