using MemSentry.Cli.Output;

namespace MemSentry.Cli.Tests;

/// <summary>What a terminal shows that a file or pipe does not get.</summary>
public class TerminalTests
{
    private const string Colour = "\e[";

    private WorkFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new WorkFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_terminal_gets_a_progress_bar_and_colours()
    {
        string shown = Weave(new Dictionary<string, string>());
        Assert.That(shown, Does.Contain("weaving [####################] 3/3").And.Contain("\r\e[K"));
        Assert.That(shown, Does.Match("\e\\[[0-9;]*merror MS2001"));
    }

    [Test]
    public void No_colour_is_no_colour()
    {
        string shown = Weave(new Dictionary<string, string> { ["NO_COLOR"] = "1" });
        Assert.That(shown, Does.Contain("error MS2001").And.Not.Match("\e\\[[0-9;]*m"));
    }

    [Test]
    public void A_dumb_terminal_gets_no_bar() =>
        Assert.That(Weave(new Dictionary<string, string> { ["TERM"] = "dumb" }), Does.Contain("error MS2001").And.Not.Contain("weaving [").And.Not.Contain(Colour));

    [Test]
    public void Other_output_goes_above_the_bar()
    {
        var screen = new StringWriter();
        var bar = new ProgressBar(screen, isVisible: true, columns: 80);
        bar.Start("weaving", 4);
        bar.Done("A.dll");
        bar.Aside(() => screen.Write("A.dll: done\n"));
        bar.End();

        string[] writings = screen.ToString().Split("\r\e[K");
        Assert.That(writings, Is.EqualTo(new[]
        {
            "", "weaving [....................] 0/4 ", "weaving [#####...............] 1/4 A.dll", "A.dll: done\n", "weaving [#####...............] 1/4 A.dll", "",
        }));
    }

    [Test]
    public void A_narrow_terminal_gets_a_short_line_and_two_items_get_none()
    {
        var screen = new StringWriter();
        var bar = new ProgressBar(screen, isVisible: true, columns: 12);
        bar.Start("weaving", 2);
        Assert.That(screen.ToString(), Is.Empty);
        bar.Start("weaving", 3);
        Assert.That(screen.ToString(), Is.EqualTo("\r\e[Kweaving [.."));
    }

    [Test]
    public void Control_characters_in_names_stay_text() => Assert.That(PlainText.Of("a\e[31mb\nc"), Is.EqualTo("a\\u001b[31mb\\u000ac"));

    private string Weave(Dictionary<string, string> environment)
    {
        if (!File.Exists("/usr/bin/script"))
            Assert.Ignore("There is no script(1) here to make a terminal.");
        string[] inputs = [_folder.Library("A"), _folder.File("bad.dll", "no"u8), _folder.Library("C")];
        return CliProcess.RunInTerminal(environment, ["weave", .. inputs, "--output", _folder["out"]]);
    }
}
