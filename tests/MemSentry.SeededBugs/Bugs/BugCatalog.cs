using MemSentry.Analysis.Provenance;
using MemSentry.SeededBugs.Finding;
using Mono.Cecil;
using Layout = MemSentry.AccessTable.AddressSpaceLayout;

namespace MemSentry.SeededBugs.Bugs;

/// <summary>The bugs: some in each analysis, in the emitter and in the verifier.</summary>
public static class BugCatalog
{
    private const string Analysis = "MemSentry.Analysis.dll";
    private const string Weaver = "MemSentry.Weaver.dll";
    private const string Verifier = "MemSentry.Verifier.dll";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SeededBug> All { get; } = [.. InTheAnalyses, .. InTheEmitter, .. InTheVerifier];

    private static IEnumerable<SeededBug> InTheAnalyses =>
    [
        Bug("filter-has-no-edge", Analysis, "ControlFlowGraphBuilder", "AddEntries", Seeds.WithoutCall("Add", 1, of: 2)),
        Bug("finally-is-not-left-to-the-target", Analysis, "LeaveEdges", "Add", Seeds.WithoutCall("Connect", 1, of: 2)),
        Bug("handler-sees-only-the-start-of-a-block", Analysis, "ForwardSolver", "Visit", Seeds.WithoutCall("Unwind", 1, of: 2), Finder.Traces),
        Bug("call-keeps-raw-pointers", Analysis, "FrameState", "DistrustRawPointers", Seeds.Nothing),
        Bug("join-believes-the-first-path", Analysis, "StackValue", "Join", Seeds.SaysParameter("a")),
        Bug("untrusted-origins-meet-in-an-anchor", Analysis, "AddressOrigins", "Join", Seeds.OtherConstant((int)AddressOrigin.SeveralOrigins, (int)AddressOrigin.SeveralAnchors)),
        Bug("fields-add-up", Analysis, "AddressOrigins", "OfField", Seeds.Says((int)AddressOrigin.AnchoredField)),
        Bug("arithmetic-is-an-anchor", Analysis, "NumericRules", "Unary", Seeds.OtherConstant((int)AddressOrigin.Arithmetic, (int)AddressOrigin.StackAllocation)),
        Bug("all-types-are-the-same", Analysis, "TypeIdentity", "Same", Seeds.Says()),
        Bug("whitelisted-results-are-believed", Analysis, "WhitelistReach", "MayRun", Seeds.Nothing),
        Bug("native-callers-are-believed", Analysis, "NativeEntries", "Include", Seeds.Nothing),
        Bug("leaked-spans-are-believed", Analysis, "ContentsExposure", "IsOpenedBy", Seeds.Nothing),
        Bug("long-lengths-count-as-guarded", Analysis, "Lengths", "AreGuarded", Seeds.Says()),
        Bug("everything-is-within-reach", Analysis, "Reach", "Includes", Seeds.Says()),
        Bug("calls-keep-distances", Analysis, "DisplacementState", "Distrust", Seeds.Nothing),
        Bug("loads-are-evidence", Analysis, "Evidence", "IsGivenBy", Seeds.Says(), Finder.Displacement),
        Bug("calls-end-no-proofs", Analysis, "LeafCalls", "EndProofs", Seeds.Nothing),
        Bug("static-constructors-are-forgotten", Analysis, "LeafCalls", "MayConstruct", Seeds.Nothing),
        Bug("fields-of-one-way-are-repeated", Analysis, "RepeatedFields", "Join", Seeds.Nothing, Finder.Displacement),
        Bug("casts-ask-no-object", Analysis, "InterfaceQuestions", "MayBeAskedBy", Seeds.Nothing, Finder.Displacement),
        Bug("type-parameters-stand-for-classes", Analysis, "InterfaceQuestions", "MayBeInterface", Seeds.Nothing, Finder.Displacement),
        Bug("calls-hold-nothing", Analysis, "HeldState", "HoldAll", Seeds.Nothing),
        Bug("renewed-variable-renews-its-copies", Analysis, "DisplacementState", "Renew", Seeds.Nothing, Finder.Displacement),
        Bug("negative-bounds-bound-without-sign", Analysis, "Comparison", "MayBeNegative", Seeds.Nothing, Finder.Displacement),
        Bug("steps-of-copies-never-add-up", Analysis, "CopyDistances", "StayWithinReach", Seeds.Says(), Finder.Displacement),
        Bug("bases-of-arguments-are-masked", Analysis, "MaskedBase", "UseOtherwise", Seeds.Nothing, Finder.Displacement),
        Bug("pushed-bases-are-checked-across-calls", Analysis, "PushedBases", "Serves", Seeds.Says(), Finder.Displacement),
        Bug("calls-come-behind-certain-accesses", Analysis, "FirstAccesses", "IsSeen", Seeds.Nothing, Finder.Displacement),
        Bug("accesses-follow-every-store", Analysis, "FirstAccesses", "Follow", Seeds.Says(), Finder.Displacement),
        Bug("copies-stay-when-variables-change", Analysis, "MaskedLoads", "CopyChangedBy", Seeds.Says(-1), Finder.Fuzzer),
        Bug("stores-keep-what-was-loaded", Analysis, "KnownLoads", "ForgetAll", Seeds.Nothing, Finder.Rewriting),
        Bug("assignments-keep-what-was-loaded", Analysis, "KnownLoads", "ForgetUses", Seeds.Nothing, Finder.Rewriting),
        Bug("callers-are-not-asked-for-proofs", Analysis, "SummaryProofs", "IsProven", Seeds.Says()),
        Bug("distances-of-other-paths-are-forgotten", Analysis, "DisplacementState", "Join", Seeds.Nothing),
    ];

    private static IEnumerable<SeededBug> InTheEmitter =>
    [
        Bug("shift-by-41", Weaver, "MpxCheckEmitter", "Compare", Seeds.OtherConstant(Layout.BlockShift, Layout.BlockShift - 1)),
        Bug("pushed-bases-are-not-checked", Weaver, "MpxCheckEmitter", "EmitBase", Seeds.Nothing),
        Bug("mask-of-another-bit", Weaver, "MaskEmitter", "EmitMask", Seeds.OtherConstant(Layout.AliasBit, Layout.AliasBit >> 1)),
        Bug("stored-copy-is-not-masked", Weaver, "CopyEmitter", "EmitUses", Seeds.WithoutCall("EmitMask", 0, of: 1)),
        Bug("old-numbers-are-checked", Weaver, "RenewalEmitter", "Emit", Seeds.Nothing),
        Bug("check-between-prefix-and-instruction", Weaver, "PrefixChain", "FirstOf", Seeds.SaysParameter("instruction")),
        Bug("branches-lead-past-checks", Weaver, "BranchTargets", "Move", Seeds.Nothing),
        Bug("handlers-keep-their-boundaries", Weaver, "HandlerBoundaries", "Move", Seeds.Nothing, Finder.Rewriting),
        Bug("operands-come-back-in-another-order", Weaver, "OperandChecks", "EmitOperands", Seeds.WithoutCall("Reverse", 0, of: 1)),
        Bug("count-is-cut-off", Weaver, "LengthCheckEmitter", "Emit", Seeds.WithoutCall("get_Length", 0, of: 1)),
    ];

    private static IEnumerable<SeededBug> InTheVerifier =>
    [
        Bug("verifier-believes-the-first-path", Verifier, "Frame", "Join", Seeds.Nothing),
        Bug("verifier-joins-equal-to-different", Verifier, "Numbering", "Join", Seeds.SaysParameter("into"), Finder.VerifierLaws),
        Bug("verifier-takes-any-load-for-a-volatile-one", Verifier, "Prefixes", "MakeVolatile", Seeds.Says()),
        Bug("verifier-takes-sums-of-old-numbers-for-new", Verifier, "Frame", "AgeTop", Seeds.Nothing),
        Bug("verifier-forgets-nothing-at-calls", Verifier, "Frame", "ForgetRaw", Seeds.Nothing),
        Bug("verifier-forgets-stores-in-handlers", Verifier, "Fixpoint", "Remember", Seeds.Nothing, Finder.VerifierDataflow),
        Bug("verifier-takes-any-count-for-the-checked-one", Verifier, "ElementCount", "WasChecked", Seeds.Says()),
        Bug("verifier-believes-any-distance", Verifier, "Distance", "get_IsInReach", Seeds.Says(), Finder.VerifierDataflow),
        Bug("verifier-takes-loads-for-evidence", Verifier, "Evidence", "Writes", Seeds.Says(), Finder.VerifierDataflow),
        Bug("verifier-takes-any-type-for-the-proven-one", Verifier, "SameType", "Are", Seeds.Says()),
        Bug("verifier-overlooks-ways-past-fields", Verifier, "FirstFields", "ReachedWithout", Seeds.WithoutCall("Push", 2, of: 3), Finder.VerifierDataflow),
        Bug("verifier-takes-any-code-for-a-leaf", Verifier, "LeafCode", "IsHarmless", Seeds.Says(), Finder.VerifierDataflow),
        Bug("verifier-takes-casts-for-computing", Verifier, "DynamicCasts", "Include", Seeds.Nothing, Finder.VerifierDataflow),
        Bug("verifier-takes-anybodys-structure-for-the-frameworks", Verifier, "ContractualSize", "IsOfFramework", Seeds.Says(), Finder.VerifierDataflow),
        Bug("verifier-orders-old-numbers", Verifier, "Order", "IsNumber", Seeds.Says(), Finder.VerifierDataflow),
        Bug("verifier-believes-any-distance-across-calls", Verifier, "Distance", "IsWithin", Seeds.Says()),
        Bug("verifier-knows-another-mask", Verifier, "Operations", "Or", Seeds.OtherConstant(Layout.AliasBit, 1L << 44)),
        Bug("verifier-knows-another-block", Verifier, "Fixpoint", "Branch", Seeds.OtherConstant(Layout.BlockIndex, Layout.BlockIndex + 1)),
    ];

    private static SeededBug Bug(string name, string file, string type, string member, Action<MethodDefinition> seed, Finder likely = Finder.Mutants) =>
        new(name, new Place(file, type, member), seed, likely);
}
