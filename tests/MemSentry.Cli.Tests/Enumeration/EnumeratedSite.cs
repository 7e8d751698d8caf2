namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>A load or store by an opcode.</summary>
internal sealed record EnumeratedSite(uint Token, int Offset, string Opcode, string Kind, int Operand);
