using System.Text;
using MemSentry.Verifier.Tests.Fixtures;
using MemSentry.Verifier.Tests.Mutants;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>The facts about the whole module: stamp, start, throw helper and trust list.</summary>
[TestFixture]
internal sealed class ModuleMutantTests
{
    private const string Resource = "MemSentry.TrustList";

    private Workplace _work = null!;
    private string _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        _work = new Workplace();
        _woven = _work.Weave(_work.Compile(Sources.Everything));
        Assert.That(Workplace.Verify(_woven).Findings, Is.Empty, "the original");
    }

    [OneTimeTearDown]
    public void Delete() => _work.Dispose();

    [Test]
    public void Unwoven_assembly_is_named_as_such() =>
        Assert.That(Workplace.Verify(_work["Fixture.dll"]).Findings.Select(f => f.ToString()), Is.EqualTo(new[] { "error MS5001: 'Fixture.dll' is not woven; weave it before verifying it." }));

    [Test]
    public void Stamp_on_code_without_any_check_proves_nothing() => Rejects(VerifierCode.AccessNotProven, module =>
    {
        foreach (CheckSite check in CheckSite.In(module))
            Mutation.Remove(check);
    });

    [Test]
    public void Helper_that_returns_is_rejected() => Rejects(VerifierCode.ThrowHelperAltered, module => ReturnFrom(Support(module, "Throw").Body));

    [Test]
    public void Helper_that_returns_makes_every_check_worthless() => Rejects(VerifierCode.AccessNotProven, module => ReturnFrom(Support(module, "Throw").Body));

    [Test]
    public void Helper_that_asks_another_assembly_is_rejected() => Rejects(VerifierCode.ThrowHelperAltered, module =>
        ((MethodReference)Support(module, "Throw").Body.Instructions[5].Operand).DeclaringType.Namespace = "Elsewhere");

    [Test]
    public void Missing_start_call_is_rejected() => Rejects(VerifierCode.RuntimeNotStarted, module => Initializer(module).Body.Instructions.RemoveAt(0));

    [Test]
    public void Start_call_that_is_not_first_is_rejected() =>
        Rejects(VerifierCode.RuntimeNotStarted, module => Initializer(module).Body.Instructions.Insert(0, Instruction.Create(OpCodes.Nop)));

    [Test]
    public void Start_call_whose_refusal_is_swallowed_is_rejected() => Rejects(VerifierCode.RuntimeNotStarted, module =>
    {
        MethodBody body = Initializer(module).Body;
        Instruction ret = body.Instructions[^1];
        Instruction pop = Instruction.Create(OpCodes.Pop);
        body.Instructions.Insert(1, Instruction.Create(OpCodes.Leave, ret));
        body.Instructions.Insert(2, pop);
        body.Instructions.Insert(3, Instruction.Create(OpCodes.Leave, ret));
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = body.Instructions[0],
            TryEnd = pop,
            HandlerStart = pop,
            HandlerEnd = ret,
            CatchType = module.TypeSystem.Object,
        });
    });

    [Test]
    public void Start_with_other_settings_is_rejected() => Rejects(VerifierCode.RuntimeNotStarted, module =>
        Support(module, "Start").Body.Instructions[2].Operand = Settings(module).Replace("rw", "w", StringComparison.Ordinal));

    [Test]
    public void Start_with_another_layout_is_rejected() =>
        Rejects(VerifierCode.RuntimeNotStarted, module => Support(module, "Start").Body.Instructions[1].OpCode = OpCodes.Ldc_I4_2);

    [Test]
    public void Stamp_with_another_layout_is_rejected() => Rejects(VerifierCode.LayoutMismatch, module => Restamp(module, 0, module.TypeSystem.Int32, 2));

    [TestCase("ProtMethod=mpx;Rw=w;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.TrustListUnreadable)]
    [TestCase("ProtMethod=sfi;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.TrustListUnreadable)]
    [TestCase("ProtMethod=none;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.NotProtected)]
    [TestCase("ProtMethod=mpx;Rw=rw;Rw=w;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpk;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Gates=1", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpk;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data;Gates=one", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpk;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data;Gates=", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpk;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data;Gates=1;Gates=2", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=all;Trust=leaf", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=all", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=crypt;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=crypt;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;Callees=data;DomainMethods=keys:mpx", VerifierCode.StampUnreadable)]
    [TestCase("ProtMethod=mpx;Rw=rw;WhitelistSection=;VerifyExternalCallArgs=true;Scope=raw;Trust=leaf;DomainMethods=keys:crypt", VerifierCode.StampUnreadable)]
    [TestCase("", VerifierCode.StampUnreadable)]
    public void Stamp_with_other_settings_is_rejected(string settings, VerifierCode expected) =>
        Rejects(expected, module => Restamp(module, 1, module.TypeSystem.String, settings));

    [Test]
    public void Missing_trust_list_is_rejected() => Rejects(VerifierCode.TrustListUnreadable, module => module.Resources.Remove(module.Resources.Single(r => r.Name == Resource)));

    [Test]
    public void Trust_list_line_that_is_not_understood_is_rejected() => Rejects(VerifierCode.TrustListUnreadable, module => Relist(module, l => [.. l, "everything"]));

    [Test]
    public void Trusted_member_that_does_not_exist_is_rejected() =>
        Rejects(VerifierCode.TrustedMemberNotFound, module => Relist(module, l => [.. l, "member System.Void C::Nobody()"]));

    [Test]
    public void Trusted_access_that_does_not_exist_is_rejected() =>
        Rejects(VerifierCode.TrustedAccessNotFound, module => Relist(module, l => [.. l, "access System.Int32 C::Load(System.Int32*) input IL_0000 woven IL_0000"]));

    [TestCase("member ")]
    [TestCase("access ")]
    public void Trust_that_is_taken_off_the_list_leaves_the_access_unproven(string kind) =>
        Rejects(VerifierCode.AccessNotProven, module => Relist(module, l => l.Where(x => !x.StartsWith(kind, StringComparison.Ordinal))));

    [Test]
    public void Added_trust_is_named_when_compared_with_the_users_list()
    {
        string file = WhitelistOf(_woven);
        string changed = _work.Change(_woven, module => Relist(module, l => [.. l, "member System.Int32 C::Load(System.Int32*)"]));

        Assert.That(Workplace.Verify(_woven, file).Findings, Is.Empty);
        Assert.That(Workplace.Verify(changed).Findings, Is.Empty, "without a list of his own, the user accepts the stored one");
        Assert.That(Workplace.Verify(changed, file).Findings.Single().ToString(), Does.StartWith("error MS5009: ").And.Contain("C::Load(System.Int32*)"));
    }

    [Test]
    public void Comments_in_the_users_list_trust_nobody()
    {
        string file = WhitelistOf(_woven);
        File.WriteAllLines(file, File.ReadAllLines(file).Select(l => l.StartsWith("member", StringComparison.Ordinal) ? "# " + l : l));

        Assert.That(Workplace.Verify(_woven, file).Findings.Select(f => f.Code), Is.EqualTo(new[] { VerifierCode.NotOnWhitelist }));
    }

    private static MethodDefinition Support(ModuleDefinition module, string name) => module.GetType("<MemSentry>").Methods.Single(m => m.Name == name);

    private static void ReturnFrom(MethodBody helper)
    {
        helper.Instructions[5].OpCode = OpCodes.Pop;
        helper.Instructions.Add(Instruction.Create(OpCodes.Ret));
    }

    private static MethodDefinition Initializer(ModuleDefinition module) => module.Types[0].Methods.Single(m => m.Name == ".cctor");

    private static CustomAttribute StampOf(ModuleDefinition module) => module.Assembly.CustomAttributes.Single(a => a.AttributeType.Name == "WovenAssemblyAttribute");

    private static string Settings(ModuleDefinition module) => (string)StampOf(module).ConstructorArguments[1].Value;

    private static void Restamp(ModuleDefinition module, int argument, TypeReference type, object value) =>
        StampOf(module).ConstructorArguments[argument] = new CustomAttributeArgument(type, value);

    private static string[] LinesOf(ModuleDefinition module) =>
        Encoding.UTF8.GetString(((EmbeddedResource)module.Resources.Single(r => r.Name == Resource)).GetResourceData()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void Relist(ModuleDefinition module, Func<string[], IEnumerable<string>> change)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(change(LinesOf(module)).Select(l => l + "\n")));
        module.Resources.Remove(module.Resources.Single(r => r.Name == Resource));
        module.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, text));
    }

    private string WhitelistOf(string woven)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(woven, new ReaderParameters { InMemory = true });
        string file = _work["whitelist.txt"];
        File.WriteAllLines(file, ["# whom we trust", .. LinesOf(module)]);
        return file;
    }

    private void Rejects(VerifierCode expected, Action<ModuleDefinition> change) =>
        Assert.That(Workplace.Verify(_work.Change(_woven, change)).Findings.Select(f => f.Code), Does.Contain(expected));
}
