using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;

namespace MemSentry.Corpus.Framework.Workloads;

/// <summary>Spans and sequences: records in a chain of small segments are read by System.Memory, and once more out of a pipe.</summary>
internal static class SpanWorkload
{
    private const int Records = 4000;

    private static readonly byte[] Bytes = Write();

    /// <summary>Prints sums.</summary>
    public static void Run(TextWriter output)
    {
        var sequence = new ReadOnlySequence<byte>(Bytes);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"spans: {Bytes.Length} bytes, sums {Sum(sequence)} {Piped()}"));
    }

    private static byte[] Write()
    {
        var writer = new ArrayBufferWriter<byte>();
        for (int i = 0; i < Records; i++)
        {
            Span<byte> place = writer.GetSpan(64);
            BinaryPrimitives.WriteInt32LittleEndian(place, i * 17);
            Utf8Formatter.TryFormat(i * 0.5, place[4..], out int digits);
            place[4 + digits] = (byte)'\n';
            writer.Advance(5 + digits);
        }

        return writer.WrittenSpan.ToArray();
    }

    private static double Sum(ReadOnlySequence<byte> sequence)
    {
        var reader = new SequenceReader<byte>(sequence);
        double sum = 0;
        while (reader.TryReadLittleEndian(out int number) && reader.TryReadTo(out ReadOnlySpan<byte> text, (byte)'\n'))
            sum += number + (Utf8Parser.TryParse(text, out double parsed, out _) ? parsed : throw new FormatException());
        return sum;
    }

    private static double Piped()
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 256, pauseWriterThreshold: 0));
        for (int at = 0; at < Bytes.Length; at += 100)
        {
            ReadOnlySpan<byte> piece = Bytes.AsSpan(at, Math.Min(100, Bytes.Length - at));
            piece.CopyTo(pipe.Writer.GetSpan(piece.Length));
            pipe.Writer.Advance(piece.Length);
        }

        pipe.Writer.Complete();
        pipe.Reader.TryRead(out ReadResult result);
        double sum = Sum(result.Buffer);
        pipe.Reader.Complete();
        return sum;
    }
}
