using MemSentry.Allocation;
using MemSentry.Native.ProtectionKeys;
using Microsoft.Win32.SafeHandles;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>The pages of regions with a key.</summary>
internal static unsafe class KeyPageChecks
{
    private const ulong PageLength = 4096;

    public static void Run(Checks checks, KeyedDomain domain)
    {
        ulong page = domain.Address & ~(PageLength - 1);
        checks.That("a domain has a key of its own, confirmed by smaps", domain.Key > 0 && KeyMap.ReadSelf().Confirms(page, page + PageLength, domain.Key), $"key {domain.Key}");
        checks.That("its pages are secret memory", Arena.Current->SecretError == 0, (Errno)Arena.Current->SecretError);
        domain.Open();
        bool isRefused = false;
        try
        {
            using SafeFileHandle file = File.OpenHandle("/proc/self/mem");
            _ = RandomAccess.Read(file, new byte[8], (long)domain.Address);
        }
        catch (IOException)
        {
            isRefused = true;
        }

        domain.Close();
        checks.That("the kernel does not read them, even in a window", isRefused);
    }
}
