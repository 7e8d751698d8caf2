namespace MemSentry.Runtime.Probe;

/// <summary>The scenarios by the name that the tests call them by.</summary>
internal static class Scenarios
{
    private static readonly Dictionary<string, Func<string[], int>> All = new()
    {
        ["start"] = Starting.AsWovenModule,
        ["start-with-layout"] = Starting.WithLayout,
        ["allocate-unwoven"] = Starting.AllocateWithoutWovenModule,
        ["start-beside-stranger"] = Starting.BesideStranger,
        ["start-beside-empty-block"] = Starting.BesideEmptyBlock,
        ["start-beside-other-layout"] = Starting.BesideOtherLayout,
        ["start-on-other-machine"] = Starting.OnOtherMachine,
        ["start-without-lock-privilege"] = Starting.WithoutLockPrivilege,
        ["two-copies"] = TwoCopies.Share,
        ["second-copy-unwoven"] = TwoCopies.SecondAllocatesUnwoven,
        ["touch"] = Dying.Touch,
        ["violate"] = Dying.Violate,
        ["unmap"] = Dying.Unmap,
        ["redirect"] = Dying.Redirect,
        ["null"] = NullAccesses.Run,
        ["start-masking"] = Masking.Start,
        ["blocked"] = Masking.Access,
        ["blocked-in-native-code"] = Masking.AccessFromNativeCode,
        ["blocked-on-all-threads"] = Masking.AccessOnManyThreads,
        ["low-mapping"] = Masking.AccessLowMapping,
        ["null-range-taken"] = Masking.StartBesideStranger,
        ["foreign-handler-first"] = ForeignHandlers.First,
        ["foreign-handler-later"] = ForeignHandlers.Later,
        ["foreign-handler-again"] = ForeignHandlers.Again,
        ["foreign-handler-twice"] = ForeignHandlers.Circle,
        ["start-with-settings"] = Starting.WithSettings,
        ["fault-codes"] = FaultCodes.Report,
        ["overflow-stack"] = Masking.OverflowStack,
        ["no-handler"] = ForeignHandlers.Default,
        ["masking-beside-checks"] = Masking.StartBesideChecks,
        ["two-masking-copies"] = TwoCopies.Mask,
        ["exhaust-mappings"] = Reporting.ExhaustMappings,
        ["abandon"] = Reporting.Abandon,
        ["status"] = Reporting.Status,
        ["churn"] = Reporting.Churn,
        ["start-in-the-middle"] = Reentering.Run,
        ["gates"] = Gating.Ask,
        ["gates-beside-stranger"] = Gating.AskBesideStranger,
        ["gate-enter"] = Gating.Enter,
        ["keys-nested"] = NestedKeys.Run,
        ["gate-page-replaced"] = GatePageReplacing.Run,
        ["window-lied-about"] = Gating.Lie,
        ["windows"] = Windowing.Switch,
        ["window-required"] = Windowing.Require,
        ["window-sealed"] = Windowing.SealRegion,
        ["domains-exhausted"] = Windowing.ExhaustDomains,
        ["windows-exhausted"] = Windowing.ExhaustWindows,
        ["methods-mixed"] = Windowing.Mix,
        ["domain-methods"] = Windowing.Claim,
        ["windows-encrypted"] = Windowing.Encrypt,
        ["read-only-encrypted"] = Windowing.MakeReadOnly,
        ["start-with-layout-and-method"] = Windowing.WithLayout,
    };

    public static Func<string[], int> Find(string name) =>
        All.TryGetValue(name, out Func<string[], int>? scenario) ? scenario : throw new ArgumentException($"No scenario is called '{name}'.");
}
