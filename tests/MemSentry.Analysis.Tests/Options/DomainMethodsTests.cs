using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;

namespace MemSentry.Analysis.Tests.Options;

/// <summary>The option <c>DomainMethods</c>: what is said in it is stamped in one form, and what cannot be meant is refused.</summary>
public sealed class DomainMethodsTests
{
    [TestCase("keys:crypt", "keys:crypt")]
    [TestCase(" tables : MPROTECT , keys:crypt,", "keys:crypt,tables:mprotect")]
    public void It_is_stamped_in_one_form(string text, string stamped)
    {
        WeaverOptions options = Parse(text, out DiagnosticList diagnostics);

        Assert.That(diagnostics, Is.Empty);
        Assert.That(OptionCatalog.ToSettingsText(options), Does.EndWith(";DomainMethods=" + stamped));
    }

    [Test]
    public void Nothing_is_stamped_where_nothing_is_said() =>
        Assert.That(OptionCatalog.ToSettingsText(Parse("", out _)), Does.EndWith(";Callees=data"));

    [TestCase("keys", "because each of its parts is a domain and a method, as keys:crypt.")]
    [TestCase(":crypt", "because each of its parts is a domain and a method, as keys:crypt.")]
    [TestCase("a:b:crypt", "because each of its parts is a domain and a method, as keys:crypt.")]
    [TestCase("keys:sfi", "because 'sfi' is no method that opens domains; those are mpk, mprotect and crypt.")]
    [TestCase("keys:3", "because '3' is no method that opens domains; those are mpk, mprotect and crypt.")]
    [TestCase("default:crypt", "because the method of the domain 'default' is the option ProtMethod.")]
    [TestCase("keys:crypt,keys:mprotect", "because it names the domain 'keys' twice.")]
    public void What_cannot_be_meant_is_refused(string text, string words)
    {
        WeaverOptions options = Parse(text, out DiagnosticList diagnostics);

        Assert.That(diagnostics.Select(d => d.Message), Is.EqualTo((string[])[$"The option 'DomainMethods' cannot be '{text}', {words}"]));
        Assert.That(options.DomainMethods, Is.Empty);
    }

    [TestCase("mpx")]
    [TestCase("sfi")]
    [TestCase("none")]
    public void A_method_without_domains_is_refused(string method)
    {
        var diagnostics = new DiagnosticList();
        OptionCatalog.Parse([new("DomainMethods", "keys:crypt"), new("ProtMethod", method)], diagnostics);

        Assert.That(diagnostics.Single().Message, Does.StartWith("The option 'DomainMethods' needs ProtMethod=mpk, mprotect or crypt"));
    }

    private static WeaverOptions Parse(string text, out DiagnosticList diagnostics) =>
        OptionCatalog.Parse([new("ProtMethod", "mprotect"), new("DomainMethods", text)], diagnostics = []);
}
