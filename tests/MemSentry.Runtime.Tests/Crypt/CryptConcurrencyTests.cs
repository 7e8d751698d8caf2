namespace MemSentry.Runtime.Tests.Crypt;

/// <summary>Windows of many threads over one region.</summary>
[TestFixture]
internal sealed class CryptConcurrencyTests
{
    [SetUp]
    public void RequireInstructions() => Forms.Require(MemSentry.Native.Crypt.CipherForm.Single);

    [Test]
    public void Each_thread_finds_the_text_and_no_store_is_lost()
    {
        ChildResult child = NativeProbe.Run("stress", "5000");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "failures 0, windows 5000 5000 5000 5000, readers 0, collected True")), child.Error);
    }

    /// <summary>GCStress 2: at each transition between managed and native code the runtime collects.</summary>
    [Test]
    public void Windows_survive_a_collection_at_every_transition()
    {
        ChildResult child = NativeProbe.RunWith(new() { ["DOTNET_GCStress"] = "2", ["DOTNET_TieredCompilation"] = "0" }, "stress", "100");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "failures 0, windows 100 100 100 100, readers 0, collected True")), child.Error);
    }
}
