using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

internal sealed class ModuleInitializerTests
{
    private const string Existing = """
        public static unsafe class P
        {
            public static int Ran;
            [System.Runtime.CompilerServices.ModuleInitializer]
            internal static void First() { for (int i = 0; i < 3; i++) Ran++; }
            public static int Read() => Ran;
        }
        """;

    [Test]
    public void AnExistingInitialiserStartsTheRuntimeFirstAndThenRunsAsBefore()
    {
        using ModuleDefinition module = CSharpFixture.Compile(Existing).Read();
        int before = Initialiser(module).Body.Instructions.Count;

        using WovenFixture woven = WovenFixture.Of(module);

        Assert.That(Initialiser(module).Body.Instructions[0].Operand, Is.InstanceOf<MethodDefinition>()
            .With.Property("FullName").EqualTo("System.Void <MemSentry>::Start()"));
        Assert.That(Initialiser(module).Body.Instructions, Has.Count.EqualTo(before + 1));
        Assert.That(woven.Call("P.Read"), Is.EqualTo(3));
    }

    [Test]
    public void AMissingInitialiserIsCreated()
    {
        using ModuleDefinition module = CSharpFixture.Compile("public static class P { public static int Read() => 5; }").Read();
        Assert.That(module.Types[0].Methods, Is.Empty);

        using WovenFixture woven = WovenFixture.Of(module);

        Assert.That(Initialiser(module).Body.Instructions.Select(i => i.OpCode), Is.EqualTo((OpCode[])[OpCodes.Call, OpCodes.Ret]));
        Assert.That(woven.Call("P.Read"), Is.EqualTo(5));
    }

    [Test]
    public void TheRuntimeKnowsTheWovenModuleBeforeItsCodeRuns()
    {
        string name = "Started" + nameof(ModuleInitializerTests);
        using WovenFixture woven = WovenFixture.Of(CSharpFixture.Compile(Existing, name: name).Read());
        Assert.That(MemSentryRuntime.Status.WovenModules.Select(m => m.Assembly), Does.Not.Contain(name));

        woven.Call("P.Read");

        Assert.That(MemSentryRuntime.Status.WovenModules.Select(m => m.Assembly), Does.Contain(name));
    }

    private static MethodDefinition Initialiser(ModuleDefinition module) => module.Types[0].Methods.Single(m => m.Name == ".cctor");
}
