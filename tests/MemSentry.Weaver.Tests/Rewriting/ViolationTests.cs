using MemSentry.AccessTable;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Tests.Fixtures;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Tests.Rewriting;

/// <summary>What a violation reports: kind, member, IL offset of the input, address, and the source line in the stack trace.</summary>
internal sealed class ViolationTests
{
    private const string Source = """
        public static unsafe class Attacked
        {
            public static int Peek(long address)
            {
                int before = 1;
                int value =
                    *(int*)address; 
                return value + before;
            }

            public static void Poke(long address, int value)
            {
                *(int*)address = value; // line 13
            }

            // A conversion to a reference is checked, and touches nothing.
            public static bool IsSame(long address) =>
                System.Runtime.CompilerServices.Unsafe.AreSame(ref *(byte*)address, ref *(byte*)address);
        }
        """;

    [TestCase("Peek", 6, AccessKind.Load, Code.Ldind_I4)]
    [TestCase("Poke", 13, AccessKind.Store, Code.Stind_I4)]
    public void TheReportNamesTheAccess(string name, int line, AccessKind kind, Code access)
    {
        using ModuleDefinition module = CSharpFixture.Compile(Source).Read();
        MethodDefinition member = module.GetType("Attacked").Methods.Single(m => m.Name == name);
        int offset = member.Body.Instructions.Single(i => i.OpCode.Code == access).Offset;
        using WovenFixture woven = WovenFixture.Of(module);
        object[] arguments = name == "Peek" ? [BlockAddress.Arena] : [BlockAddress.Arena, 1];

        var violation = Assert.Throws<SafeRegionViolationException>(() => woven.Call("Attacked." + name, arguments))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)violation.Kind, Is.EqualTo((int)kind));
            Assert.That((long)violation.Address, Is.EqualTo(BlockAddress.Arena));
            Assert.That(violation.ILOffset, Is.EqualTo(offset));
            Assert.That(violation.Member, Is.EqualTo(MemberSignature.Of(member)));
            Assert.That(violation.StackTrace, Does.Contain($"Fixture.cs:line {line}"));
        }
    }

    [TestCase(BlockAddress.First)]
    [TestCase(BlockAddress.Last)]
    public void TheBlockIsRefusedFromItsFirstByteToItsLast(long address)
    {
        using WovenFixture woven = WovenFixture.AsPlanned(CSharpFixture.Compile(Source).Read());

        Assert.That(() => woven.Call("Attacked.IsSame", address), Throws.InstanceOf<SafeRegionViolationException>());
    }

    [TestCase(BlockAddress.First - 1)]
    [TestCase(BlockAddress.Last + 1)]
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(BlockAddress.Arena + (1L << 46), Description = "the alias of the block")]
    [TestCase(BlockAddress.Arena - long.MaxValue - 1, Description = "the same low bits, another address")]
    public void NothingElseIsRefused(long address)
    {
        using WovenFixture woven = WovenFixture.AsPlanned(CSharpFixture.Compile(Source).Read());

        Assert.That(woven.Call("Attacked.IsSame", address), Is.True);
    }

    [Test]
    public void AViolationInCodeWithoutDebugInformationNamesTheMemberToo()
    {
        using WovenFixture woven = WovenFixture.Of(CSharpFixture.Compile(Source, OptimizationLevel.Release, DebugFormat.None).Read());

        var violation = Assert.Throws<SafeRegionViolationException>(() => woven.Call("Attacked.Poke", BlockAddress.Arena, 1))!;

        Assert.That(violation.Member, Is.EqualTo("Attacked::Poke(System.Int64,System.Int32)"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public unsafe void AnAccessWithPrefixesIsChecked(bool intoTheBlock)
    {
        int memory = 7;
        long address = intoTheBlock ? BlockAddress.Arena : (long)&memory;
        MethodDefinition method = HandMade.Method();
        HandMade.Body(method, Instruction.Create(OpCodes.Ldc_I8, address), Instruction.Create(OpCodes.Conv_U),
            Instruction.Create(OpCodes.Volatile), Instruction.Create(OpCodes.Unaligned, (byte)1), Instruction.Create(OpCodes.Ldind_I4),
            Instruction.Create(OpCodes.Ret));

        using WovenFixture woven = WovenFixture.Of(method.Module);

        Assert.That(() => woven.Call("HandMade.Run"), intoTheBlock ? Throws.InstanceOf<SafeRegionViolationException>() : Is.EqualTo(7));
    }
}
