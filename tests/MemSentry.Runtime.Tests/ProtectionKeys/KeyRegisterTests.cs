using MemSentry.Native.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>The bits of PKRU.</summary>
[TestFixture]
internal sealed class KeyRegisterTests
{
    [Test]
    public void A_new_thread_may_touch_key_0_only()
    {
        Assert.That(KeyRegister.Rights(KeyRegister.Initial, 0), Is.EqualTo(KeyRights.ReadWrite));
        Assert.That(Enumerable.Range(1, 15).Select(key => KeyRegister.Rights(KeyRegister.Initial, key)), Is.All.EqualTo(KeyRights.None));
    }

    [TestCase(3, "None", 0b01_00_00_00u)]
    [TestCase(3, "Read", 0b10_00_00_00u)]
    [TestCase(3, "ReadWrite", 0u)]
    [TestCase(15, "Read", 0x80000000)]
    public void Rights_are_two_bits_of_their_key(int key, string rights, uint bits)
    {
        KeyRights value = Enum.Parse<KeyRights>(rights);

        Assert.That(KeyRegister.Bits(key, value), Is.EqualTo(bits));
        Assert.That(KeyRegister.With(0xffffffff, key, value), Is.EqualTo(bits | ~KeyRegister.Mask(key)));
        Assert.That(KeyRegister.Rights(KeyRegister.With(0xffffffff, key, value), key), Is.EqualTo(value));
    }

    [Test]
    public void Both_bits_are_no_rights() => Assert.That(KeyRegister.Rights(0b11, 0), Is.EqualTo(KeyRights.None));

    [TestCase(-1)]
    [TestCase(16)]
    public void Other_keys_do_not_exist(int key) =>
        Assert.That(() => KeyRegister.Mask(key), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
