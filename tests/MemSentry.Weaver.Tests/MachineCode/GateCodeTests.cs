using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Iced.Intel;
using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Windows;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;
using MemSentry.Weaver.Writing;
using Microsoft.CodeAnalysis;

namespace MemSentry.Weaver.Tests.MachineCode;

/// <summary>
/// What the JIT makes of a gate that calls stubs: calls of constant addresses, nothing between them that tells the collector of native code, and a look at the collector's
/// flag instead of a call of its helper, which a <c>switch</c> would have.
/// </summary>
[TestFixture]
internal sealed class GateCodeTests
{
    private const string Source = """
        using System.Runtime.CompilerServices;
        using MemSentry;
        public static unsafe class Keys
        {
            [SafeRegionAccess(RegionAccess.Read), MethodImpl(MethodImplOptions.AggressiveOptimization)] public static long Read(long* place) => *place;
        }
        """;

    private WovenFixture _woven = null!;

    [OneTimeSetUp]
    public void Weave()
    {
        using Mono.Cecil.ModuleDefinition module = CSharpFixture.Compile(Source, OptimizationLevel.Release).Read();
        var options = new WeaverOptions { ProtMethod = ProtectionMethod.Mpk, VerifyExternalCallArgs = false };
        var members = new ModuleMembers(module);
        ModuleWeave.CarryOut(members, ModulePlanner.Plan(members, options, []), options, []);

        // Nothing of it runs, so the runtime, which would ask for keys, need not start.
        module.Types[0].Methods.Clear();
        _woven = new WovenFixture(WovenImage.Create(module, DebugFormat.None, null).Assembly);

        // As in a program in which the gate has opened before: its body is compiled. This code is optimised at once, so the gate would keep the look that sees to it otherwise.
        RuntimeHelpers.RunClassConstructor(_woven.Assembly.GetType("Keys+Read|MemSentryPreparation", throwOnError: true)!.TypeHandle);
    }

    [OneTimeTearDown]
    public void Unload() => _woven.Dispose();

    [Test]
    public void A_gate_calls_its_stubs_by_their_addresses() => Assert.That(
        StubsOf("Read"), Is.EquivalentTo(new[] { GateEntry.IsClosed, GateEntry.MayRead, GateEntry.EnterToRead, GateEntry.Leave }));

    [Test]
    public void A_body_asks_before_anything_else()
    {
        JitCode code = CodeOf("Read|MemSentryTwin");

        Assert.That(StubsOf("Read|MemSentryTwin"), Is.EqualTo(new[] { GateEntry.MayRead }));
        Assert.That(code.Instructions.First(i => i.FlowControl == FlowControl.IndirectCall).Op0Kind, Is.EqualTo(OpKind.Register), "the first call is that of the stub");
    }

    /// <summary>Of what has the body compiled, nothing is left. Three of the twin, those of the runtime's record, and cold ones of the collector, each behind a look at its flag.</summary>
    [Test]
    public void Nothing_else_is_called()
    {
        JitCode code = CodeOf("Read");
        int stubs = StubsOf("Read").Count;
        int looks = code.Instructions.Count(i => i.Mnemonic == Mnemonic.Cmp && i.Op0Kind == OpKind.Memory);

        Assert.That(code.Instructions.Count(i => i.Mnemonic == Mnemonic.Call), Is.EqualTo(stubs + 3 + CallsOfTheRecord + looks), string.Join('\n', code.Instructions));
        Assert.That(looks, Is.EqualTo(stubs));
        Assert.That(code.Instructions, Has.None.Matches<Instruction>(i => i.Mnemonic == Mnemonic.Test && i.Op0Kind == OpKind.Memory), "whether a static constructor has run");
        Assert.That(code.Instructions, Has.None.Matches<Instruction>(i => i.SegmentPrefix == Register.FS), "the thread's frame of native calls");
    }

    /// <summary>Of an optimised runtime the JIT puts the members that open and close the record into the gate, and they call two and three others.</summary>
    private static int CallsOfTheRecord =>
        typeof(SafeRegion).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled == true ? 2 : 5;

    private List<GateEntry> StubsOf(string member) =>
    [
        .. CodeOf(member).Instructions.Where(i => i.Mnemonic == Mnemonic.Mov && i.Op1Kind == OpKind.Immediate64)
            .Select(i => (long)i.Immediate64).Where(a => a >= GateLayout.Start && a < GateLayout.Start + ((long)GateLayout.Pages * GateLayout.PageLength))
            .Select(a => (GateEntry)((a - GateLayout.AddressOf(WindowTarget.Default.Number, 0)) / GateLayout.EntryLength)),
    ];

    private JitCode CodeOf(string member) =>
        JitCode.Of(_woven.Assembly.GetType("Keys")!.GetMethod(member, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!);
}
