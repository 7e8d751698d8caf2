using MemSentry.Native;

namespace MemSentry.Runtime.Tests;

/// <summary>Windows of the methods <c>mprotect</c> and <c>crypt</c>, and how they end a process that cannot go on.</summary>
public sealed class WindowTests
{
    private const int Aborted = 134;

    [Test]
    public void The_kernel_sees_a_region_open_and_close()
    {
        ChildResult child = new Probe("windows").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(
            child.Output.Split('\n').Take(8),
            Is.EqualTo((string[])["closed: ---p", "reading: r--p", "suspended: ---p", "resumed: r--p", "closed: ---p", "writing: rw-p", "MemSentry: protecting, layout 1, methods mprotect", "  woven: 1"]));
        Assert.That(child.Output, Does.Contain("  fault handler: in place"));
    }

    [Test]
    [Covers(RuntimeCode.WindowNotOpen)]
    public void A_body_without_its_gate_ends_the_process() => ExpectDeath("window-required", "MS7104: The body of a whitelisted member was entered without its gate");

    [Test]
    [Covers(RuntimeCode.BodyNotCompiled)]
    public void A_body_that_cannot_be_compiled_ends_the_process() => ExpectDeath(
        "body-not-compiled",
        "MS7105: The whitelisted member 'System.Array::Empty' cannot be compiled, which it must be before its window opens (ArgumentException: ");

    /// <summary>Closing is what must not depend on memory that anybody can write.</summary>
    [Test]
    public void A_thread_that_was_made_to_forget_its_window_closes_it()
    {
        ChildResult child = new Probe("window-lied-about").Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((Aborted, "closed")), child.ToString());
        Assert.That(child.Error, Does.Contain("MS7102: The processor stopped a load at"));
    }

    [Test]
    [Covers(RuntimeCode.RightsRefused)]
    public void A_domain_that_the_kernel_does_not_open_ends_the_process() =>
        ExpectDeath("window-sealed", "MS7212: The kernel refused to change the rights of a domain of safe regions: mprotect failed with EPERM");

    [Test]
    [Covers(RuntimeCode.TooManyDomains)]
    public void One_domain_too_many_is_refused() => ExpectRefusal(new Probe("domains-exhausted"), "SafeRegionException: MS7210: A process can have 15 domains of safe regions");

    [Test]
    [Covers(RuntimeCode.TooManyWindows)]
    public void One_window_too_many_is_refused() => ExpectRefusal(new Probe("windows-exhausted"), "SafeRegionException: MS7211: Too many windows of safe regions are open at once");

    [Test]
    public void A_thread_that_was_refused_a_window_takes_no_place()
    {
        ChildResult child = new Probe("windows-exhausted-beside-threads").Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "a window for another thread: True")), child.ToString());
    }

    [TestCase("mpx", "mprotect", "'Second' is woven with the method mprotect, and 'First', which has started before, with mpx")]
    [TestCase("mprotect", "sfi", "'Second' is woven with the method sfi, and 'First', which has started before, with mprotect")]
    [TestCase("mpx", "crypt", "'Second' is woven with the method crypt, and 'First', which has started before, with mpx", "crypt")]
    [TestCase("mprotect", "none", "'Second' is woven with the method none, and 'First', which has started before, with mprotect")]
    [Covers(RuntimeCode.MethodsConflict)]
    public void Methods_that_do_not_go_together_are_refused_by_name(string first, string second, string words, string remedy = "mprotect") =>
        ExpectRefusal(new Probe("methods-mixed", first, second), $"SafeRegionException: MS7017: {words}; weave all assemblies of the process with ProtMethod={remedy}, or none.");

    [Test]
    public void Two_methods_for_all_other_domains_are_refused_by_name() => ExpectRefusal(
        new Probe("methods-mixed", "mprotect", "crypt"),
        "SafeRegionException: MS7017: 'Second' is woven with the method crypt, and 'First', which has started before, with mprotect; weave both with the same ProtMethod, " +
        "and name the domains that shall have the other method in DomainMethods.");

    [TestCase("keys:crypt", "keys:mprotect", "'Second' wants the domain 'keys' protected by mprotect, and 'First' has it protected by crypt")]
    [TestCase("keys:crypt", "new:mprotect,tables:crypt", "'Second' wants the domain 'tables' protected by crypt, and 'First' has it protected by mprotect, the method of all domains of which nobody says otherwise")]
    public void Two_owners_of_a_domain_with_different_methods_are_refused_by_name(string first, string second, string words) =>
        ExpectRefusal(new Probe("domain-methods", "mprotect", first, second), $"SafeRegionException: MS7017: {words}; give both the same DomainMethods, or call one of the domains otherwise.");

    [TestCase("keys:crypt", "keys:crypt,tables:mprotect")]
    [TestCase("keys:crypt", "others:crypt")]
    [TestCase("", "keys:crypt")]
    public void Owners_that_agree_start(string first, string second)
    {
        ChildResult child = new Probe("domain-methods", "mprotect", first, second).Run();

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "both started")), child.ToString());
    }

    [Test]
    public void A_region_of_crypt_is_text_where_a_window_has_asked_for_it()
    {
        ChildResult child = new Probe("windows-encrypted").Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(
            child.Output.Split('\n').Take(7),
            Is.EqualTo((string[])["closed: ciphertext", "window: ciphertext", "asked for: text", "suspended: ciphertext", "resumed: text", "closed: ciphertext", "MemSentry: protecting, layout 1, methods crypt"]));
        Assert.That(child.Output.Contains("warning: crypt: hidden, not isolated", StringComparison.Ordinal), Is.EqualTo(!ProcessorFacts.Read().AreProtectionKeysOn), child.Output);
    }

    [Test]
    [Covers(RuntimeCode.EncryptedInPlace)]
    public void A_region_of_crypt_does_not_become_read_only() =>
        ExpectRefusal(new Probe("read-only-encrypted"), "SafeRegionException: MS7213: The safe region 'probe' belongs to a domain of the method crypt and cannot become read-only");

    [Test]
    public void The_fallback_opens_everything_aloud()
    {
        // A layout of another version is what this process overrides.
        ChildResult child = new Probe("start-with-layout-and-method", "99") { Environment = { ["MEMSENTRY_FALLBACK"] = "unprotected" } }.Run();

        Assert.That(child.ExitCode, Is.Zero, child.Error);
        Assert.That(child.Error, Does.StartWith("MemSentry: SAFE REGIONS ARE NOT PROTECTED"));
        Assert.That(child.Output, Does.Contain("MemSentry: NOT PROTECTING"));
    }

    private static void ExpectDeath(string scenario, string words)
    {
        ChildResult child = new Probe(scenario).Run();

        Assert.That(child.ExitCode, Is.EqualTo(Aborted), child.ToString());
        Assert.That(child.Error, Does.Contain(words));
    }

    private static void ExpectRefusal(Probe probe, string words)
    {
        ChildResult child = probe.Run();

        Assert.That(child.ExitCode, Is.EqualTo(2), child.ToString());
        Assert.That(child.Output, Does.StartWith(words));
    }
}
