using System.Text.Json.Serialization;

namespace MemSentry.Attacks.Running;

/// <summary>How facts travel from child to parent. Generated at compile time: reflection would cost minutes under GC stress.</summary>
[JsonSerializable(typeof(RowFacts))]
[JsonSerializable(typeof(Outcome))]
internal sealed partial class FactsJson : JsonSerializerContext;
