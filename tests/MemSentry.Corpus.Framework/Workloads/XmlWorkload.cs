using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Serialization;
using System.Xml.XPath;
using System.Xml.Xsl;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>System.Private.Xml: writes in several encodings, reads, validates, asks by XPath, transforms and serialises.</summary>
internal static class XmlWorkload
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:element name="books"><xs:complexType><xs:sequence>
            <xs:element name="book" maxOccurs="unbounded"><xs:complexType>
              <xs:sequence><xs:element name="title" type="xs:string"/><xs:element name="price" type="xs:decimal"/><xs:element name="cover" type="xs:base64Binary"/></xs:sequence>
              <xs:attribute name="isbn" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[0-9]{3}-[0-9]{4,5}"/></xs:restriction></xs:simpleType></xs:attribute>
            </xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private const string Sheet = """
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
          <xsl:output method="text"/>
          <xsl:template match="/books"><xsl:for-each select="book[price &gt; 20]"><xsl:sort select="title" order="descending"/>
            <xsl:value-of select="concat(@isbn, '=', substring(title, 1, 9), ';')"/></xsl:for-each></xsl:template>
        </xsl:stylesheet>
        """;

    /// <summary>Prints counts and digests.</summary>
    public static void Run(TextWriter output)
    {
        byte[] document = [];
        foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.Latin1, Encoding.ASCII])
        {
            document = Write(encoding);
            output.WriteLine($"xml in {encoding.WebName}: {document.Length} bytes, {Digest.Of(document)}, {Read(document)}");
        }

        output.WriteLine("invalid: " + Read(Encoding.UTF8.GetBytes("<books><book isbn='1'><title/><price>x</price></book></books>")));
        Ask(document, output);
        Serialise(output);
    }

    private static byte[] Write(Encoding encoding)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = encoding, Indent = true }))
        {
            writer.WriteStartElement("books");
            for (int i = 0; i < 300; i++)
            {
                writer.WriteStartElement("book");
                writer.WriteAttributeString("isbn", string.Create(CultureInfo.InvariantCulture, $"{i:000}-{i * 17 + 1000}"));
                writer.WriteElementString("title", $"Größe <{i}> & \"Maß\" \u2713 \U0001F600 {new string((char)('a' + (i % 26)), i % 50)}");
                writer.WriteElementString("price", XmlConvert.ToString(i * 0.25m));
                writer.WriteStartElement("cover");
                writer.WriteBase64([.. Enumerable.Range(0, i % 64).Select(n => (byte)(n * i))], 0, i % 64);
                writer.WriteEndElement();
                writer.WriteComment("no " + i.ToString(CultureInfo.InvariantCulture));
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static string Read(byte[] document)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, DtdProcessing = DtdProcessing.Prohibit };
        settings.Schemas.Add(null, XmlReader.Create(new StringReader(Schema)));
        var complaints = new List<string>();
        settings.ValidationEventHandler += (_, e) => complaints.Add(e.Message);
        using var digest = new Digest();
        using var reader = XmlReader.Create(new MemoryStream(document), settings);
        int nodes = 0;
        while (reader.Read())
        {
            nodes++;
            digest.Add($"{reader.NodeType} {reader.Name} {reader.Value} {reader.AttributeCount} {reader.Depth}");
            if (reader is { NodeType: XmlNodeType.Element, Name: "cover", IsEmptyElement: false })
            {
                byte[] cover = new byte[64];
                digest.Add(cover.AsSpan(0, reader.ReadElementContentAsBase64(cover, 0, cover.Length)));
            }
        }

        return $"{nodes} nodes, {complaints.Count} complaints {complaints.FirstOrDefault()}, {digest}";
    }

    private static void Ask(byte[] document, TextWriter output)
    {
        XPathNavigator navigator = new XPathDocument(XmlReader.Create(new MemoryStream(document))).CreateNavigator();
        output.WriteLine($"xpath: {navigator.Evaluate("sum(//price)")}, {navigator.Select("//book[contains(title, 'zz')]/@isbn").Count}, {navigator.Evaluate("string(//book[last()]/title)")}");

        var transform = new XslCompiledTransform();
        transform.Load(XmlReader.Create(new StringReader(Sheet)));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        transform.Transform(navigator, null, text);
        output.WriteLine($"xslt: {text.ToString().Length} characters, {Digest.Of(Encoding.UTF8.GetBytes(text.ToString()))}");
    }

    private static void Serialise(TextWriter output)
    {
        var serializer = new XmlSerializer(typeof(Order[]));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        serializer.Serialize(text, (Order[])[.. Enumerable.Range(0, 50).Select(Order.Of)]);
        var again = (Order[])serializer.Deserialize(XmlReader.Create(new StringReader(text.ToString())))!;
        output.WriteLine($"serialised: {text.ToString().Length} characters, {Digest.Of(Encoding.UTF8.GetBytes(text.ToString()))}, {again.Sum(o => o.Total)}, {again[49].Placed:O}");
    }
}
