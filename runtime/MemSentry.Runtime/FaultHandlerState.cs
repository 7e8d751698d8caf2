namespace MemSentry;

/// <summary>Where the runtime's handler of SIGSEGV is.</summary>
public enum FaultHandlerState
{
    /// <summary>Nothing in this process needs it, and nobody asked for it.</summary>
    NotNeeded,

    /// <summary>It sees every fault first.</summary>
    InPlace,

    /// <summary>Another handler does, or none was there to go before; <see cref="MemSentryStatus.Warnings"/> names it and says what to do.</summary>
    Replaced,
}
