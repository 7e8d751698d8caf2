using System.Text.Json.Serialization;
using MemSentry.Attacks.Domains;

namespace MemSentry.Attacks.Running;

/// <summary>How facts travel from child to parent. Generated at compile time: reflection would cost minutes under GC stress.</summary>
[JsonSerializable(typeof(RowFacts))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(DomainFacts))]
internal sealed partial class FactsJson : JsonSerializerContext;
