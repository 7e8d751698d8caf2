using MemSentry.Cli.Doctor;

namespace MemSentry.Cli.Tests;

public class DoctorTests
{
    [Test]
    public void A_machine_that_can_run_mpx_exits_with_0_and_says_why()
    {
        CliResult result = CliProcess.Run("doctor");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Has.Some.Match("^yes +mpx +can run here: "));
        Assert.That(result.Output, Has.Some.Match("^yes +sfi +can run here: all memory of this process has address bit 46 set, "));
        Assert.That(result.Output, Has.Some.Match("^yes +mprotect +can run here: .*during a window all threads of a process see its regions"));
        Assert.That(result.Output, Has.Some.Match("^yes +crypt +can run here: .*during a window all threads of a process see the regions that are used in it"));
        Assert.That(result.Output, Has.Some.Match("^(- +crypt keys +crypt: hidden, not isolated - |yes +crypt keys +crypt: the pages with the AES keys can be executed and not read)"));
        Assert.That(result.Output, Has.Some.Match("^- +mpk +not in this version; "));
        Assert.That(result.Output, Has.Some.Match("^(yes +protection keys +processor and system have them, |- +protection keys +MS702[12]: )"));
        Assert.That(result.Output, Has.Some.Match("^(yes +secret memory +memfd_secret: |- +secret memory +memfd_secret failed with )"));
        Assert.That(result.Output, Has.Some.Match("^locked memory +(limited to [0-9]+ KiB|no limit) \\(ulimit -l"));
        Assert.That(result.Output, Has.Some.Match("^yes +thread starts +pthread_create is called through slots .*libcoreclr.so, libSystem.Native.so"));
        Assert.That(result.Output, Has.Some.Match("^- +key writers +.*libc.so.6 has [1-9][0-9]* wrpkru.*: who can divert a jump there, with registers of his choice, opens every domain"));
        Assert.That(string.Concat(result.Output), Does.Not.Contain('\u001b'));
    }

    [Test]
    public void A_limit_on_address_space_exits_with_1_and_names_limit_and_remedy()
    {
        CliResult result = CliProcess.RunWithAddressSpaceLimit(kibibytes: 32 << 20, "doctor");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
        Assert.That(result.Output, Has.Some.Match("^no +mpx +.*MS7006.*ulimit -v"));
        Assert.That(result.Output, Has.Some.Match("^no +mprotect +.*MS7006.*ulimit -v"));
        Assert.That(result.Output, Has.Some.Match("address space +limited to 32 GiB"));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public void An_unlimited_stack_is_no_obstacle_to_mpx_and_one_to_sfi()
    {
        CliResult result = CliProcess.RunAfter("ulimit -s unlimited", "doctor");

        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Has.Some.Match("^yes +mpx +can run here: "));
        Assert.That(result.Output, Has.Some.Match("^no +sfi +MS7014: .*'ulimit -s 8192'.*ProtMethod=mpx"));
    }

    [Test]
    public void A_fallback_in_the_environment_does_not_make_a_machine_fit()
    {
        CliResult result = CliProcess.RunWithAddressSpaceLimit(kibibytes: 32 << 20, "doctor", fallback: "unprotected");
        Assert.That(result.ExitCode, Is.EqualTo(1), result.ToString());
    }

    [Test]
    public void The_first_entry_of_cpuinfo_describes_the_processor()
    {
        string[] lines = ["processor\t: 0", "model name\t: Some CPU", "flags\t\t: fpu pku ospke aes", "", "processor\t: 1", "flags\t\t: vaes"];
        ProcessorDescription processor = ProcessorDescription.Parse(lines);

        Assert.That(processor.Model, Is.EqualTo("Some CPU"));
        Assert.That(processor.Flags, Is.EquivalentTo(new[] { "fpu", "pku", "ospke", "aes" }));
    }
}
