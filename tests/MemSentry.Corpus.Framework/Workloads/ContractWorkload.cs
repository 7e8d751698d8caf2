using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Xml;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Private.DataContractSerialization: the same objects as XML text, MTOM's base64, binary XML and JSON, and back.</summary>
internal static class ContractWorkload
{
    /// <summary>Prints lengths and digests.</summary>
    public static void Run(TextWriter output)
    {
        Order[] orders = [.. Enumerable.Range(0, 60).Select(Order.Of)];
        var contract = new DataContractSerializer(typeof(Order[]));
        Trip("text", s => XmlDictionaryWriter.CreateTextWriter(s), b => XmlDictionaryReader.CreateTextReader(b, XmlDictionaryReaderQuotas.Max), contract, orders, output);
        Trip("binary", s => XmlDictionaryWriter.CreateBinaryWriter(s, new XmlDictionary()), b => XmlDictionaryReader.CreateBinaryReader(b, XmlDictionaryReaderQuotas.Max), contract, orders, output);
        Trip("json", s => JsonReaderWriterFactory.CreateJsonWriter(s), b => JsonReaderWriterFactory.CreateJsonReader(b, XmlDictionaryReaderQuotas.Max), new DataContractJsonSerializer(typeof(Order[])), orders, output);
    }

    private static void Trip(string name, Func<Stream, XmlDictionaryWriter> write, Func<byte[], XmlDictionaryReader> read, XmlObjectSerializer serializer, Order[] orders, TextWriter output)
    {
        using var stream = new MemoryStream();
        using (XmlDictionaryWriter writer = write(stream))
        {
            serializer.WriteObject(writer, orders);
        }

        byte[] bytes = stream.ToArray();
        using XmlDictionaryReader reader = read(bytes);
        var back = (Order[])serializer.ReadObject(reader)!;
        output.WriteLine($"contract as {name}: {bytes.Length} bytes, {Digest.Of(bytes)}, back {back.Sum(o => o.Total)} {back[^1].Customer} {back[^1].Signature.Length} {back.Sum(o => o.Weight):R}");
    }
}
