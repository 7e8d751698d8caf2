namespace MemSentry.Native;

/// <summary>The running thread, as the kernel knows it: nobody can rewrite the answer, as a number in the thread's own memory could be.</summary>
internal static class KernelThread
{
    /// <summary>Its number, unique among all threads that live.</summary>
    public static int Current => LibC.GetThreadId();
}
