namespace MemSentry.Kernels.Text;

/// <summary>Splits lines of comma-separated values, quoted ones included, and adds up the numbers. The size is the number of lines.</summary>
public sealed unsafe class CsvTokenizer : Kernel
{
    private const int Columns = 8;
    private const int LongestField = 12;
    private byte* _text;
    private byte* _end;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (long)size * Columns * LongestField;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(11);
        _text = memory;
        byte* write = memory;
        for (int i = 0; i < size * Columns; i++)
        {
            string field = random.Below(4) == 0 ? $"\"a,{random.Below(1000)}\"" : $"{random.Below(1000000)}";
            foreach (char c in field)
                *write++ = (byte)c;

            *write++ = (byte)(i % Columns == Columns - 1 ? '\n' : ',');
        }

        _end = write;
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        ulong sum = 0;
        int lines = 0;
        byte* p = _text;
        byte* end = _end;
        while (p < end)
        {
            if (*p == '"')
            {
                byte* field = ++p;
                while (p < end && *p != '"')
                    p++;

                sum += (ulong)(p - field);
                p++;
            }
            else
            {
                ulong number = 0;
                for (; p < end && *p >= '0' && *p <= '9'; p++)
                    number = (number * 10) + (ulong)(*p - '0');

                sum += number;
            }

            if (p < end && *p++ == '\n')
                lines++;
        }

        return (sum << 16) + (ulong)lines;
    }
}
