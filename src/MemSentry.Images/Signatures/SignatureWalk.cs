using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MemSentry.Images.Signatures;

/// <summary>Walks every signature that a row of a table names. One that is named twice is walked once and counted twice, as whoever reads the rows reads it twice.</summary>
internal sealed class SignatureWalk(MetadataReader metadata)
{
    // All signatures together, as elements; an ordinary assembly has a few for each row.
    private const long MostElements = 1L << 26;
    private const int InProgress = -1;

    // Type specifications that name others; compilers make none that do.
    private const int Deepest = 8;

    private readonly Dictionary<(BlobHandle Blob, SignaturePlace Place), int> _known = [];
    private readonly int[] _specifications = new int[metadata.GetTableRowCount(TableIndex.TypeSpec) + 1];
    private readonly int[] _depths = new int[metadata.GetTableRowCount(TableIndex.TypeSpec) + 1];
    private long _elements;
    private int _depth;

    /// <summary>Walks them all.</summary>
    /// <exception cref="BadImageFormatException">One cannot be read safely.</exception>
    public void RequireAll()
    {
        for (int row = 1; row < _specifications.Length; row++)
            Add(WeightOfSpecification(row));
        foreach (FieldDefinitionHandle field in metadata.FieldDefinitions)
            Add(metadata.GetFieldDefinition(field).Signature, SignaturePlace.Member);
        foreach (MethodDefinitionHandle method in metadata.MethodDefinitions)
            Add(metadata.GetMethodDefinition(method).Signature, SignaturePlace.Member);
        foreach (MemberReferenceHandle member in metadata.MemberReferences)
            Add(metadata.GetMemberReference(member).Signature, SignaturePlace.Member);
        foreach (PropertyDefinitionHandle property in metadata.PropertyDefinitions)
            Add(metadata.GetPropertyDefinition(property).Signature, SignaturePlace.Member);
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.StandAloneSig); row++)
            Add(metadata.GetStandaloneSignature(MetadataTokens.StandaloneSignatureHandle(row)).Signature, SignaturePlace.Member);
        for (int row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
            Add(metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Signature, SignaturePlace.Member);
    }

    private void Add(BlobHandle blob, SignaturePlace place)
    {
        if (!_known.TryGetValue((blob, place), out int elements))
            _known.Add((blob, place), elements = Walk(blob, place));
        Add(elements);
    }

    private void Add(int elements)
    {
        _elements += elements;
        if (_elements > MostElements)
            throw new BadImageFormatException("The signatures together have too many elements.");
    }

    private int Walk(BlobHandle blob, SignaturePlace place)
    {
        BlobReader signature = metadata.GetBlobReader(blob);
        var walk = new TypeWalk(WeightOf);
        if (place == SignaturePlace.Type && IsAlias(signature))
            return 1;
        if (place == SignaturePlace.Type)
            walk.Walk(ref signature);
        else
            Member(ref signature, walk);
        return walk.Elements;
    }

    /// <summary>
    /// ilasm keeps the names that <c>.typedef</c> gives in type specifications of its own form, for ildasm. Nobody refers to them; whoever does finds that
    /// <c>$</c> is the code of no type.
    /// </summary>
    private static bool IsAlias(BlobReader signature) => signature.RemainingBytes > 0 && signature.ReadByte() == '$';

    /// <summary>The first byte says what follows (ECMA-335 II.23.2.3 to II.23.2.6, II.23.2.15).</summary>
    private static void Member(ref BlobReader signature, TypeWalk walk)
    {
        const byte kindMask = 0x0f;
        BlobReader whole = signature;
        switch (signature.ReadByte() & kindMask)
        {
            case 0x06: // field
                walk.Walk(ref signature);
                break;
            case 0x07 or 0x0a: // local variables, generic arguments
                walk.Several(ref signature);
                break;
            default: // method or property
                walk.Method(ref whole);
                break;
        }
    }

    private int WeightOf(int codedToken)
    {
        const int tagBits = 2, definition = 0, reference = 1, specification = 2;
        int row = codedToken >> tagBits;
        (int tag, TableIndex table) = (codedToken & 3) switch
        {
            definition => (definition, TableIndex.TypeDef),
            reference => (reference, TableIndex.TypeRef),
            specification => (specification, TableIndex.TypeSpec),
            _ => throw new BadImageFormatException("A signature names a type in a table that has none."),
        };
        if (row == 0 || row > metadata.GetTableRowCount(table))
            throw new BadImageFormatException("A signature names a type that does not exist.");
        return tag == specification ? WeightOfSpecification(row) : 1;
    }

    // A type specification may name another one; if that leads back to itself, reading it would never end.
    private int WeightOfSpecification(int row)
    {
        if (_specifications[row] == InProgress)
            throw new BadImageFormatException("A type specification contains itself.");
        if (_specifications[row] == 0)
        {
            int outer = _depth;
            _depth = 0;
            _specifications[row] = InProgress;
            _specifications[row] = Walk(metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).Signature, SignaturePlace.Type);
            _depths[row] = _depth + 1;
            _depth = outer;
        }

        _depth = Math.Max(_depth, _depths[row]);
        return _depth <= Deepest ? _specifications[row] : throw new BadImageFormatException("Type specifications are nested too deep.");
    }
}
