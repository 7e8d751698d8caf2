namespace MemSentry.Native.ProtectionKeys;

/// <summary>The layout of the register PKRU: two bits for each of 16 keys.</summary>
internal static class KeyRegister
{
    /// <summary>Keys that the register has.</summary>
    public const int Keys = 16;

    /// <summary>What a thread starts with, and what the kernel sets before a signal handler: all keys closed but 0 (arch/x86/mm/pkeys.c).</summary>
    public const uint Initial = 0x55555554;

    private const uint BothBits = 0b11;

    /// <summary>The bits of a key.</summary>
    public static uint Mask(int key) => BothBits << Shift(key);

    /// <summary>The bits of a key with certain rights, all others clear.</summary>
    public static uint Bits(int key, KeyRights rights) => (uint)rights << Shift(key);

    /// <summary>A value with other rights for one key.</summary>
    public static uint With(uint register, int key, KeyRights rights) => (register & ~Mask(key)) | Bits(key, rights);

    /// <summary>The rights for a key. Access-disable counts before write-disable.</summary>
    public static KeyRights Rights(uint register, int key) => ((register >> Shift(key)) & BothBits) switch
    {
        0b00 => KeyRights.ReadWrite,
        0b10 => KeyRights.Read,
        _ => KeyRights.None,
    };

    private static int Shift(int key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(key, Keys);
        return 2 * key;
    }
}
