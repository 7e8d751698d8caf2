using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>Pointers as C# expressions of type <c>byte*</c>, in parentheses.</summary>
internal sealed class PointerText(MemberNames names)
{
    /// <summary>A pointer.</summary>
    public string Of(Pointer pointer, NumberText numbers) => pointer switch
    {
        Pointer.Near => "((byte*)near)",
        Pointer.Target => "((byte*)target)",
        Pointer.Displaced p => $"((byte*)(({Unit(names.Scale)}*)near + {Cast(p.Type)}distance))",
        Pointer.Indexed p => $"((byte*)(({Unit(names.Scale)}*)target + {Cast(p.Type)}index))",
        Pointer.Entry p => $"(((byte**)table)[{p.At}])",
        Pointer.Variable p => names.HasNumbers ? $"((byte*)p{p.Name})" : $"p{p.Name}",
        Pointer.Moved p => Moved(p, numbers),
        Pointer.FieldAddress p => $"((byte*)&(({StructureFields.Of(p.Name).Type}*){Of(p.From, numbers)})->{StructureFields.Of(p.Name).Path})",
        Pointer.Passed p => $"({Passages.Of(p.Passage).Code.With("p", Of(p.From, numbers))})",
        Pointer.Choice p => $"({numbers.Condition(p.Condition)} ? {Of(p.Then, numbers)} : {Of(p.Else, numbers)})",
        Pointer.Kept p => Kept(p.Place),
        _ => throw new NotSupportedException(pointer.GetType().Name),
    };

    /// <summary>The assignment of an address to a place.</summary>
    public string Keep(Place place, string address) => place switch
    {
        Place.Static => $"Prelude.StaticPlace = (nint){address}",
        Place.Object => $"holder.Address = {address}",
        Place.Array => $"holder.Array[1] = (nint){address}",
        Place.PointerArray => $"holder.Pointers[2] = {address}",
        Place.Structure => $"structure.Address = {address}",
        Place.Union => $"both.Address = {address}",
        Place.Stack => $"w[8] = (long){address}",
        Place.Address when names.HasReferences => $"*&q = {address}",
        Place.Table => $"((byte**)table)[5] = {address}",
        _ when names.IsSuspended => $"q = (nint){address}",
        _ => $"Prelude.Give({address}, out q)",
    };

    private static string Kept(Place place) => place switch
    {
        Place.Static => "((byte*)Prelude.StaticPlace)",
        Place.Object => "holder.Address",
        Place.Array => "((byte*)holder.Array[1])",
        Place.PointerArray => "holder.Pointers[2]",
        Place.Structure => "structure.Address",
        Place.Union => "((byte*)both.Number)",
        Place.Stack => "((byte*)w[8])",
        Place.Table => "(((byte**)table)[5])",
        _ => "((byte*)q)",
    };

    private string Moved(Pointer.Moved p, NumberText numbers)
    {
        string sign = p.IsDown ? "-" : "+";
        string unit = Unit(p.Size);
        string from = Of(p.From, numbers);
        string by = $"({numbers.Of(p.By)} & 7L)";
        return p.Type == IndexType.Checked
            ? $"((byte*)checked(unchecked(({unit}*){from}) {sign} unchecked{by}))"
            : $"((byte*)(({unit}*){from} {sign} {Cast(p.Type)}{by}))";
    }

    private static string Unit(int size) => size switch
    {
        1 => "byte",
        2 => "short",
        4 => "int",
        8 => "long",
        16 => "Small",
        _ => "Outer",
    };

    private static string Cast(IndexType type) => type switch
    {
        IndexType.I4 => "(int)",
        IndexType.U4 => "(uint)",
        IndexType.U8 => "(ulong)",
        IndexType.Native => "(nint)",
        _ => "(long)",
    };
}
