using MemSentry.Native;
using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The system calls, as far as a machine without keys can go.</summary>
[TestFixture]
internal sealed unsafe class KeyCallTests
{
    [Test]
    public void Without_keys_the_kernel_has_none_to_give()
    {
        if (ProcessorFacts.Read().AreProtectionKeysOn)
        {
            Assert.Ignore("this machine has protection keys");
        }

        Assert.That(KeyCalls.Allocate(out int key), Is.EqualTo(new SystemCallFailure("pkey_alloc", Errno.ENOSPC)).Or.EqualTo(new SystemCallFailure("pkey_alloc", Errno.EINVAL)));
        Assert.That(key, Is.EqualTo(-1));
    }

    [Test]
    public void A_key_that_nobody_took_is_refused_for_pages()
    {
        Assert.That(AddressSpace.ReserveAnywhere(4096, out ulong address), Is.Null);
        SystemCallFailure? failure = KeyCalls.Protect(address, 4096, MemoryProtection.ReadWrite, key: 14);
        AddressSpace.Release(address, 4096);

        Assert.That(failure, Is.EqualTo(new SystemCallFailure("pkey_mprotect", Errno.EINVAL)));
        Assert.That(KeyCalls.Free(14), Is.EqualTo(new SystemCallFailure("pkey_free", Errno.EINVAL)));
    }

    /// <summary>The kernel cannot read secret memory for anybody, this process included.</summary>
    [Test]
    public void Secret_memory_is_ours_alone()
    {
        Assert.That(AddressSpace.ReserveAnywhere(4096, out ulong address), Is.Null);
        if (SecretMemory.Map(address, 4096) is { } failure)
        {
            AddressSpace.Release(address, 4096);
            Assert.Ignore($"{failure}; {failure.Remedy}");
        }

        *(long*)address = 42;
        long read = *(long*)address;
        using Microsoft.Win32.SafeHandles.SafeFileHandle memory = File.OpenHandle("/proc/self/mem");

        Assert.That(read, Is.EqualTo(42));
        Assert.That(() => RandomAccess.Read(memory, new byte[8], (long)address), Throws.InstanceOf<IOException>());
        AddressSpace.Release(address, 4096);
    }

    [TestCase("memfd_secret", "ENOSYS", "run Linux 6.5 or newer, or start an older one with secretmem.enable=1")]
    [TestCase("memfd_secret", "EAGAIN", "raise RLIMIT_MEMLOCK (ulimit -l) or grant CAP_IPC_LOCK")]
    [TestCase("memfd_create", "EMFILE", "raise RLIMIT_NOFILE (ulimit -n), or find out who leaves files open")]
    public void Refused_calls_have_a_remedy(string call, string error, string remedy) =>
        Assert.That(new SystemCallFailure(call, Enum.Parse<Errno>(error)).Remedy, Is.EqualTo(remedy));
}
