namespace MemSentry.Kernels.Cryptography;

/// <summary>Rounds of AES by table lookup (Daemen and Rijmen's T-tables, turned), with a made-up key. The size is the number of blocks of 16 bytes.</summary>
public sealed unsafe class AesTables : Kernel
{
    private const int Rounds = 10;
    private uint* _table;
    private uint* _key;
    private uint* _input;
    private uint* _output;
    private int _size;

    /// <inheritdoc/>
    public override long BytesFor(int size) => (256L * sizeof(uint)) + (4 * (Rounds + 1) * sizeof(uint)) + (32L * size);

    /// <inheritdoc/>
    public override void Prepare(byte* memory, int size)
    {
        var random = new RandomSequence(17);
        _size = size;
        _table = (uint*)memory;
        _key = _table + 256;
        _input = _key + (4 * (Rounds + 1));
        _output = _input + (4 * size);
        for (uint* word = _table; word < _output; word++)
            *word = (uint)random.Next();
    }

    /// <inheritdoc/>
    public override ulong Run()
    {
        uint* input = _input;
        uint* output = _output;
        for (int i = 0; i < _size; i++)
        {
            Encrypt(input, output, _key, _table);
            input += 4;
            output += 4;
        }

        return Checksum.Of(_output, 16L * _size);
    }

    private static void Encrypt(uint* input, uint* output, uint* key, uint* table)
    {
        uint a = input[0] ^ key[0];
        uint b = input[1] ^ key[1];
        uint c = input[2] ^ key[2];
        uint d = input[3] ^ key[3];
        for (int round = 1; round <= Rounds; round++)
        {
            key += 4;
            uint e = Column(a, b, c, d, table) ^ key[0];
            uint f = Column(b, c, d, a, table) ^ key[1];
            uint g = Column(c, d, a, b, table) ^ key[2];
            uint h = Column(d, a, b, c, table) ^ key[3];
            (a, b, c, d) = (e, f, g, h);
        }

        output[0] = a;
        output[1] = b;
        output[2] = c;
        output[3] = d;
    }

    private static uint Column(uint a, uint b, uint c, uint d, uint* table) =>
        table[a >> 24] ^ uint.RotateRight(table[(b >> 16) & 255], 8) ^ uint.RotateRight(table[(c >> 8) & 255], 16) ^ uint.RotateRight(table[d & 255], 24);
}
