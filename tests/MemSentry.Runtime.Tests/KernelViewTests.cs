using MemSentry.Crypt;
using MemSentry.Native.Crypt;

namespace MemSentry.Runtime.Tests;

/// <summary>What the kernel says about the arena, in <c>/proc/self/smaps</c> (VmFlags: kernel, Documentation/filesystems/proc.rst).</summary>
public sealed unsafe class KernelViewTests
{
    [TestCase("dd", TestName = "Core dumps leave regions out")]
    [TestCase("dc", TestName = "Forked children do not get regions")]
    public void A_region_has_the_flag(string flag)
    {
        using SafeRegion slot = SafeRegion.Allocate(32);
        using SafeRegion pages = SafeRegion.Allocate(40_000);

        Assert.That(FlagsOf((ulong)slot.Pointer), Does.Contain(flag));
        Assert.That(FlagsOf((ulong)pages.Pointer), Does.Contain(flag));
    }

    [TestCase("dd", TestName = "Core dumps leave the code of encrypted regions out, which has their keys")]
    [TestCase("dc", TestName = "Forked children do not get the code of encrypted regions, which has their keys")]
    public void The_code_of_an_encrypted_region_has_the_flag(string flag)
    {
        Crypt.Forms.Require(CipherForm.Single);
        using CryptRegion region = CryptRegion.Create(64);

        Assert.That(FlagsOf(region.CodeAddress), Does.Contain(flag));
    }

    [TestCase(AddressSpaceLayout.BlockStart)]
    [TestCase(AddressSpaceLayout.ArenaStart + AddressSpaceLayout.ArenaLength)]
    [TestCase(AddressSpaceLayout.AliasStart)]
    public void Guards_have_no_rights(ulong address) => Assert.That(FlagsOf(address), Does.Not.Contain("rd").And.Not.Contain("wr"));

    [Test]
    public void Regions_are_locked_as_far_as_the_status_says()
    {
        using SafeRegion pages = SafeRegion.Allocate(40_000);

        Assert.That(FlagsOf((ulong)pages.Pointer).Contains("lo") || MemSentryRuntime.Status.WhyNotLocked is not null);
    }

    private static string[] FlagsOf(ulong address)
    {
        bool isInside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] bounds = words[0].Split('-');
            if (bounds.Length == 2)
            {
                isInside = Convert.ToUInt64(bounds[0], 16) <= address && address < Convert.ToUInt64(bounds[1], 16);
            }
            else if (isInside && words[0] == "VmFlags:")
            {
                return words[1..];
            }
        }

        throw new AssertionException($"Nothing is mapped at 0x{address:x}.");
    }
}
