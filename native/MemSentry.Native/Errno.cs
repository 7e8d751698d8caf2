namespace MemSentry.Native;

/// <summary>The error numbers of x86-64 Linux that the calls in <see cref="AddressSpace"/> can give (asm-generic/errno-base.h, errno.h).</summary>
internal enum Errno
{
    None = 0,
    EPERM = 1,
    EAGAIN = 11,
    ENOMEM = 12,
    EACCES = 13,
    EFAULT = 14,
    EEXIST = 17,
    EINVAL = 22,
    ENFILE = 23,
    EMFILE = 24,
    ENOSPC = 28,
    ENOSYS = 38,
}
