using System.Globalization;
using System.Runtime.Serialization;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>Something to serialise.</summary>
[DataContract]
public sealed class Order
{
    [DataMember]
    public string Customer { get; set; } = "";

    [DataMember]
    public DateTime Placed { get; set; }

    [DataMember]
    public decimal Total { get; set; }

    [DataMember]
    public double Weight { get; set; }

    [DataMember]
    public Guid Id { get; set; }

    [DataMember]
    public byte[] Signature { get; set; } = [];

    [DataMember]
    public int[] Numbers { get; set; } = [];

    /// <summary>The order with a number.</summary>
    public static Order Of(int number) => new()
    {
        Customer = string.Create(CultureInfo.InvariantCulture, $"Ünïcode <{number}> \u2713"),
        Placed = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(number * 12345.678),
        Total = number * 1.25m,
        Weight = Math.Sqrt(number),
        Id = new Guid(number, 2, 3, new byte[8]),
        Signature = [.. Enumerable.Range(0, number).Select(n => (byte)(n * number))],
        Numbers = [.. Enumerable.Range(-number, number)],
    };
}
