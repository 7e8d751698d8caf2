using System.Text;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Weaver.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>The method <c>none</c> weaves the stamp, the trust list and the start of the runtime; members stay as they are, without marker calls.</summary>
internal sealed class WithoutProtectionTests
{
    private const string Source = """
        using MemSentry;
        public static unsafe class Members
        {
            public static int Load(int* p) => *p;
            public static ref int Convert(int* p) => ref *p;
            public static int Marked(int* p) { MemSentryMarkers.SafeRegionAccess(); return *p; }
            public static void MarkedInVain() { MemSentryMarkers.SafeRegionAccess(); }
            [SafeRegionAccess] public static int Trusted(int* p) => *p;
        }
        """;

    [Test]
    public void OnlyMarkerCallsLeaveTheBodies()
    {
        string[] before = Bodies(CSharpFixture.Compile(Source).Read());
        string[] after = Bodies(Weave());

        Assert.That(before, Has.Some.Contains("MemSentryMarkers"));
        Assert.That(after, Is.EqualTo(before.Where(line => !line.Contains("MemSentryMarkers", StringComparison.Ordinal))));
    }

    [Test]
    public void TheStampAndTheTrustListSaySo()
    {
        ModuleDefinition module = Weave();
        CustomAttribute stamp = module.Assembly.CustomAttributes.Single(a => a.AttributeType.Name == "WovenAssemblyAttribute");
        byte[] list = ((EmbeddedResource)module.Resources.Single()).GetResourceData();

        Assert.That(stamp.ConstructorArguments[1].Value, Does.StartWith("ProtMethod=none;"));
        Assert.That(Encoding.UTF8.GetString(list), Does.Contain("settings ProtMethod=none;").And.Contains("Members::Trusted").And.Not.Contains("access "));
    }

    [Test]
    public void TheRuntimeStartsAllTheSame()
    {
        ModuleDefinition module = Weave();
        MethodDefinition initializer = module.Types.Single(t => t.Name == "<Module>").Methods.Single(m => m.Name == ".cctor");

        Assert.That(initializer.Body.Instructions[0].Operand, Is.InstanceOf<MethodReference>().With.Property("Name").EqualTo("Start"));
    }

    [Test]
    public void WhatCannotBeAnalysedIsNotRefused()
    {
        ModuleDefinition module = CSharpFixture.Compile("public static unsafe class C { public static void Jump(int* p) { } }").Read();
        MethodDefinition method = module.GetType("C").Methods.Single(m => m.Name == "Jump");
        method.Body.Instructions.Clear();
        HandMade.Body(method, Instruction.Create(OpCodes.Jmp, method));

        Assert.That(Diagnose(module, ProtectionMethod.Mpx).HasErrors, Is.True);
        Assert.That(Diagnose(module, ProtectionMethod.None), Is.Empty);
    }

    private static ModuleDefinition Weave()
    {
        ModuleDefinition module = CSharpFixture.Compile(Source).Read();
        Assert.That(Diagnose(module, ProtectionMethod.None), Is.Empty);
        return module;
    }

    private static DiagnosticList Diagnose(ModuleDefinition module, ProtectionMethod method)
    {
        var diagnostics = new DiagnosticList();
        ModuleWeave.Apply(new ModuleMembers(module), new WeaverOptions { ProtMethod = method }, diagnostics);
        return diagnostics;
    }

    /// <summary>One line an instruction, without offsets, which marker calls change.</summary>
    private static string[] Bodies(ModuleDefinition module) =>
    [
        .. from method in module.GetType("Members").Methods
           from instruction in method.Body.Instructions
           select $"{method.Name}: {instruction.OpCode.Name} {(instruction.Operand as Instruction)?.OpCode ?? instruction.Operand}",
    ];
}
