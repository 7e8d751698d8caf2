using System.Reflection;
using MemSentry.Native;
using MemSentry.Native.Faults;
using MemSentry.Startup;

namespace MemSentry.Faults;

/// <summary>Why the fault handler cannot be put in place.</summary>
internal static class HandlerRefusals
{
    private const string Need = "The method sfi needs its own handler of SIGSEGV before the one of .NET";

    /// <summary>Because of the handler that is there.</summary>
    public static Refusal Create(SignalAction next, int installed) => new(
        RuntimeCode.FaultHandlerRefused,
        next.CanBeChained
            ? $"{Need}, but {FaultHandlerOwner.Describe(next.Handler)} was put in its place again and again ({installed} times); find out why it is " +
                "installed so often, or weave with ProtMethod=mpx"
            : $"{Need}, but none is there to go before (sigaction says {Describe(next)}); find out which library has removed it, or weave with " +
                "ProtMethod=mpx")
    { CanBeOverridden = false };

    /// <summary>Because the library that assembles it was not delivered.</summary>
    public static Refusal Create(FileNotFoundException missing) => new(
        RuntimeCode.FaultHandlerRefused,
        $"{Need}, but {new AssemblyName(missing.FileName ?? "Iced").Name}.dll, which assembles it, is not there; deliver it beside MemSentry.Runtime.dll (the " +
        "package Iced), or weave with ProtMethod=mpx")
    { CanBeOverridden = false };

    /// <summary>Because the kernel does not let it.</summary>
    public static Refusal Create(SystemCallFailure failure) => new(
        RuntimeCode.FaultHandlerRefused, $"{Need}, but {failure}; {failure.Remedy}, or weave with ProtMethod=mpx")
    { CanBeOverridden = false };

    private static string Describe(SignalAction action) => action.Handler switch
    {
        0 => "SIG_DFL",
        1 => "SIG_IGN",
        _ => "SA_RESETHAND",
    };
}
