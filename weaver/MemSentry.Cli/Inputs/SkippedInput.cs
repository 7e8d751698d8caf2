using MemSentry.Weaver;

namespace MemSentry.Cli.Inputs;

/// <summary>A file that was found, and that needs nothing done.</summary>
internal sealed record SkippedInput(SelectedInput Input, WeaveNeed Reason);
