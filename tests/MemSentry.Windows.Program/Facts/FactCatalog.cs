namespace MemSentry.Windows.Program.Facts;

/// <summary>The facts by name.</summary>
internal static class FactCatalog
{
    private static readonly Dictionary<string, Func<string[], int>> Facts = new()
    {
        ["suspensions"] = _ => Suspensions.Run(),
        ["lambdas"] = _ => Lambdas.Run(),
        ["hardware-exceptions"] = _ => HardwareExceptions.Run(),
        ["two-passes"] = _ => TwoPasses.Run(),
        ["reopened-windows"] = _ => ReopenedWindows.Run(),
        ["unhandled"] = _ => TwoPasses.RunUnhandled(),
        ["threads"] = _ => Threads.Run(),
        ["collections"] = _ => Collections.Run(),
        ["static-constructors"] = _ => StaticConstructors.Run(),
        ["first-calls"] = _ => FirstCalls.Run(),
        ["callees"] = _ => Callees.Run(),
        ["foreign-arrays"] = _ => ForeignArrays.Run(),
        ["exit"] = _ => Exits.Run(),
        ["contexts"] = _ => Contexts.Run(),
        ["two-runtimes"] = _ => Contexts.RunTwoRuntimes(),
        ["mixed-methods"] = args => Contexts.RunMixed(args[0]),
        ["reflection"] = args => Intruders.Reflect(args[0]),
        ["other-threads"] = _ => Threads.RunSeenByOthers(),
        ["wild-read-beside-window"] = _ => Threads.RunReadBesideWindow(),
        ["nested-domains"] = _ => NestedDomains.Run(),
        ["wild-read"] = _ => Intruders.ReadWildly(),
        ["read-only-window"] = _ => Intruders.WriteThroughReadWindow(),
        ["deputy"] = _ => Intruders.UseDeputies(),
        ["other-domain"] = _ => Domains.Run(),
        ["domain-limit"] = _ => Domains.RunLimit(),
        ["window-limit"] = _ => Recursion.Run(),
        ["records"] = _ => Intruders.WriteRecords(),
        ["ciphertext"] = _ => Ciphertext.Run(),
        ["wild-write"] = args => Ciphertext.Overwrite(args[0]),
        ["wild-write-without-tag"] = _ => Ciphertext.OverwriteWithoutTag(),
        ["kept-pointer"] = _ => Ciphertext.KeepPointer(),
        ["too-large"] = _ => Ciphertext.AllocateTooMuch(),
        ["dispose-in-window"] = _ => Ciphertext.DisposeInWindow(),
        ["two-methods"] = _ => TwoMethods.Run(),
        ["attack"] = args => Attacks.Run(args[0], args[1]),
        ["lifecycle"] = _ => Lifecycle.Run(),
    };

    public static int Run(string name, string[] args) => Facts[name](args);
}
