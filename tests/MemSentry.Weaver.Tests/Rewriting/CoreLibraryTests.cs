using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>Woven code takes <c>System.Exception</c> from the core library that the module itself refers to.</summary>
internal sealed class CoreLibraryTests
{
    [TestCase("System.Runtime", "10.0.0.0", "b03f5f7f11d50a3a")]
    [TestCase("netstandard", "2.0.0.0", "cc7b13ffcd2ddd51")]
    [TestCase("mscorlib", "4.0.0.0", "b77a5c561934e089")]
    [TestCase("System.Private.CoreLib", "10.0.0.0", "7cec85d7bea7798e")]
    public void AModuleThatRefersTo(string name, string version, string token)
    {
        using ModuleDefinition module = ModuleThatRefersTo(new AssemblyNameReference(name, new Version(version))
        {
            PublicKeyToken = Convert.FromHexString(token),
        });

        using WovenFixture woven = WovenFixture.Of(module);

        Assert.That(() => woven.Call("P.Peek", BlockAddress.Arena), Throws.InstanceOf<SafeRegionViolationException>());
        Assert.That(module.AssemblyReferences.Select(r => r.Name), Is.EquivalentTo((string[])[name, "MemSentry.Runtime"]));
    }

    [Test]
    public void AReferenceToTheRuntimeThatIsThereIsUsed()
    {
        using ModuleDefinition module = CSharpFixture.Compile(
            "public static class P { [MemSentry.SafeRegionAccess] public static int Read() => 5; }").Read();

        using WovenFixture woven = WovenFixture.Of(module);

        Assert.That(module.AssemblyReferences.Count(r => r.Name == "MemSentry.Runtime"), Is.EqualTo(1));
        Assert.That(woven.Call("P.Read"), Is.EqualTo(5));
    }

    private static ModuleDefinition ModuleThatRefersTo(AssemblyNameReference core)
    {
        ModuleDefinition module = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Made", new Version(1, 0)), "Made.dll",
            new ModuleParameters { Kind = ModuleKind.Dll, AssemblyResolver = new ReferenceResolver("Made.dll", []) }).MainModule;
        module.AssemblyReferences.Add(core);
        var type = new TypeDefinition("", "P", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var peek = new MethodDefinition("Peek", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Int32);
        peek.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int64));
        HandMade.Body(peek, Instruction.Create(OpCodes.Ldarg_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldind_I4),
            Instruction.Create(OpCodes.Ret));
        type.Methods.Add(peek);
        module.Types.Add(type);
        return module;
    }
}
