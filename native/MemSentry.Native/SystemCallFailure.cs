namespace MemSentry.Native;

/// <summary>A system call that the kernel refused.</summary>
/// <param name="Call">The call's name, for example <c>mprotect</c>.</param>
/// <param name="Error">What the kernel answered.</param>
internal sealed record SystemCallFailure(string Call, Errno Error)
{
    /// <summary>What the user can change about it.</summary>
    public string Remedy => (Call, Error) switch
    {
        ("mprotect" or "pkey_mprotect" or "madvise" or "mseal" or "munlock" or "munmap" or "mremap", Errno.ENOMEM) =>
            "raise vm.max_map_count (sysctl), or, where vm.overcommit_memory is 2, the commit limit",
        ("mlock2", Errno.ENOMEM or Errno.EAGAIN or Errno.EPERM) =>
            "raise RLIMIT_MEMLOCK (ulimit -l) or grant CAP_IPC_LOCK",
        ("mmap", Errno.ENOMEM) =>
            "raise RLIMIT_AS (ulimit -v unlimited) or vm.max_map_count",
        ("memfd_create", Errno.EMFILE or Errno.ENFILE) =>
            "raise RLIMIT_NOFILE (ulimit -n), or find out who leaves files open",
        ("pkey_alloc", Errno.ENOSPC) =>
            "use fewer domains, or find out which library holds protection keys",
        ("memfd_secret", Errno.ENOSYS) =>
            "run Linux 6.5 or newer, or start an older one with secretmem.enable=1",
        ("memfd_secret" or "mmap of secret memory", Errno.EAGAIN or Errno.ENOMEM) =>
            "raise RLIMIT_MEMLOCK (ulimit -l) or grant CAP_IPC_LOCK",
        ("mseal", Errno.ENOSYS) =>
            "run Linux 6.10 or newer",
        (_, Errno.ENOSYS) =>
            "run a newer kernel, or allow the call in the sandbox",
        (_, Errno.EPERM or Errno.EACCES) =>
            "allow the call in the sandbox (seccomp, SELinux)",
        _ =>
            "report this as a bug of MemSentry",
    };

    /// <summary>For example <c>mprotect failed with ENOMEM</c>.</summary>
    public override string ToString() =>
        Enum.IsDefined(Error) ? $"{Call} failed with {Error}" : $"{Call} failed with errno {(int)Error}";
}
