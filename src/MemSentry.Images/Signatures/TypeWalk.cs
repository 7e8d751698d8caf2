using System.Reflection.Metadata;

namespace MemSentry.Images.Signatures;

/// <summary>
/// Walks signatures (ECMA-335 II.23.2) byte by byte and counts what would be made of them. Whoever reads one makes room for as many elements as it
/// announces, so that no count may exceed the bytes that are left: an element has at least one.
/// </summary>
/// <param name="weightOf">How many elements a type token stands for: one, or all of a type specification. It throws for tokens that do not exist.</param>
internal sealed class TypeWalk(Func<int, int> weightOf)
{
    // Types within types; each level is a level of recursion for everybody who reads or prints them.
    private const int Deepest = 100;

    // The runtime's limit (System.Array: 32 dimensions), and that of generic parameters that anybody has.
    private const int MostDimensions = 32;
    private const int MostGenericParameters = 1024;

    private const int MostElements = 1 << 20;

    private int _depth;
    private int _elements;

    /// <summary>How many elements there were so far.</summary>
    public int Elements => _elements;

    /// <summary>Walks one type.</summary>
    /// <exception cref="BadImageFormatException">It cannot be read safely.</exception>
    public void Walk(ref BlobReader signature)
    {
        if (++_depth > Deepest)
            throw new BadImageFormatException("A type is nested too deep.");

        Count(1);
        byte code = signature.ReadByte();
        switch (code)
        {
            case >= 0x01 and <= 0x0e or 0x16 or 0x18 or 0x19 or 0x1c: // void, numbers, string, typedbyref, native integers, object
                break;
            case 0x11 or 0x12: // valuetype, class
                Token(ref signature);
                break;
            case 0x0f or 0x10 or 0x1d or 0x45 or 0x41: // pointer, reference, vector, pinned, sentinel
                Walk(ref signature);
                break;
            case 0x1f or 0x20: // modifiers
                Token(ref signature);
                Walk(ref signature);
                break;
            case 0x13 or 0x1e: // generic parameters of type and method
                Limit(signature.ReadCompressedInteger(), MostGenericParameters, "generic parameters");
                break;
            case 0x14:
                Array(ref signature);
                break;
            case 0x15:
                GenericInstance(ref signature);
                break;
            case 0x1b:
                Method(ref signature);
                break;
            default:
                throw new BadImageFormatException($"There is no type with the code 0x{code:x2}.");
        }

        _depth--;
    }

    /// <summary>Walks the signature of a method (II.23.2.1 to II.23.2.3).</summary>
    public void Method(ref BlobReader signature)
    {
        const byte isGeneric = 0x10;
        if ((signature.ReadByte() & isGeneric) != 0)
            Count(Limit(signature.ReadCompressedInteger(), MostGenericParameters, "generic parameters"));
        int parameters = Announced(ref signature);
        for (int i = 0; i <= parameters; i++)
            Walk(ref signature);
    }

    /// <summary>Walks a number of types after the number.</summary>
    public void Several(ref BlobReader signature)
    {
        int types = Announced(ref signature);
        for (int i = 0; i < types; i++)
            Walk(ref signature);
    }

    private void GenericInstance(ref BlobReader signature)
    {
        signature.ReadByte();
        Token(ref signature);
        Limit(PeekCount(signature), MostGenericParameters, "generic arguments");
        Several(ref signature);
    }

    /// <summary>An array with its shape (II.23.2.13).</summary>
    private void Array(ref BlobReader signature)
    {
        Walk(ref signature);
        int rank = Limit(signature.ReadCompressedInteger(), MostDimensions, "dimensions");
        int sizes = Limit(signature.ReadCompressedInteger(), rank, "sizes of dimensions");
        for (int i = 0; i < sizes; i++)
            signature.ReadCompressedInteger();
        int bounds = Limit(signature.ReadCompressedInteger(), rank, "bounds of dimensions");
        for (int i = 0; i < bounds; i++)
            signature.ReadCompressedSignedInteger();
    }

    private void Token(ref BlobReader signature) => Count(weightOf(signature.ReadCompressedInteger()));

    private static int Announced(ref BlobReader signature)
    {
        int count = signature.ReadCompressedInteger();
        return count <= signature.RemainingBytes ? count : throw new BadImageFormatException("A signature announces more elements than it has bytes.");
    }

    private static int PeekCount(BlobReader signature) => signature.ReadCompressedInteger();

    private static int Limit(int count, int most, string what) =>
        count <= most ? count : throw new BadImageFormatException($"A signature has {count} {what}, and {most} are possible.");

    private void Count(int elements)
    {
        _elements += elements;
        if (_elements > MostElements)
            throw new BadImageFormatException("A signature has too many elements.");
    }
}
