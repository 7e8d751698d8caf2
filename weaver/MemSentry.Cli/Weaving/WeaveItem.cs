using MemSentry.Cli.Inputs;

namespace MemSentry.Cli.Weaving;

/// <summary>One input and where its woven form goes, as a full path.</summary>
internal sealed record WeaveItem(SelectedInput Input, string Output);
