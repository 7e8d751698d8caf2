namespace MemSentry.Kernels.Text;

/// <summary>Finds every occurrence of a word (Boyer, Moore and Horspool 1980). The size is the number of bytes of the text.</summary>
public sealed unsafe class StringSearch : Kernel
{
    private const int WordLength = 6;
    private int* _shifts;
    private byte* _word;
    private byte* _text;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (256L * sizeof(int)) + 64 + size;

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(12);
        _size = size;
        _shifts = (int*)memory;
        _word = memory + (256 * sizeof(int));
        _text = _word + 64;
        for (int i = 0; i < size; i++)
            _text[i] = (byte)('a' + random.Below(4));

        for (int i = 0; i < WordLength; i++)
            _word[i] = (byte)('a' + (i % 4));

        for (int i = 0; i < 256; i++)
            _shifts[i] = WordLength;

        for (int i = 0; i < WordLength - 1; i++)
            _shifts[_word[i]] = WordLength - 1 - i;
    }

    /// <inheritdoc/>
    public override ulong Run() => Search(_text, _size, _word, _shifts);

    private static ulong Search(byte* text, int length, byte* word, int* shifts)
    {
        ulong sum = 0;
        int at = 0;
        while (at <= length - WordLength)
        {
            int i = WordLength - 1;
            while (i >= 0 && text[at + i] == word[i])
                i--;

            if (i < 0)
                sum = (sum * 31) + (ulong)at;

            at += shifts[text[at + WordLength - 1]];
        }

        return sum;
    }
}
