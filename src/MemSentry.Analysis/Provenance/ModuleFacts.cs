using MemSentry.Analysis.Leaves;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Stack;
using MemSentry.Analysis.Summaries;
using MemSentry.Analysis.Trust;

namespace MemSentry.Analysis.Provenance;

/// <summary>What the analysis of a member wants to know of its module and of members outside it, looked up once.</summary>
internal sealed class ModuleFacts
{
    public ModuleFacts(ModuleMembers members, Whitelist whitelist, WeaverOptions options)
    {
        Contracts = new ApiContracts();
        var targets = new CallTargets(members.Module, whitelist.Contains);
        Types = new StackTypes();
        RuntimeTypes = new RuntimeTypes(members.Module);
        WhitelistReach = new WhitelistReach(members, whitelist, options.WhitelistSection);
        NativeEntries = new NativeEntries(members);
        Targets = targets;
        CallOperands = new CallOperands(targets, Contracts, Types, options.Rw);
        CallResults = new CallResults(Types, targets, Contracts, WhitelistReach);
        Exposure = new ContentsExposure(Types, WhitelistReach);
    }

    public CallTargets Targets { get; }

    /// <summary>What is believed across calls.</summary>
    public SummaryFacts Summaries { get; set; } = SummaryFacts.None;

    public LeafCalls Leaves { get; } = new();

    public StackTypes Types { get; }

    public ApiContracts Contracts { get; }

    public RuntimeTypes RuntimeTypes { get; }

    public WhitelistReach WhitelistReach { get; }

    public NativeEntries NativeEntries { get; }

    public CallOperands CallOperands { get; }

    public CallResults CallResults { get; }

    public ContentsExposure Exposure { get; }
}
