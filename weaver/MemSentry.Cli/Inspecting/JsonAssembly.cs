namespace MemSentry.Cli.Inspecting;

/// <summary>What every list says of an assembly first.</summary>
internal sealed record JsonAssembly(string Assembly, Guid Mvid, string Settings);
