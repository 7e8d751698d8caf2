using System.Globalization;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>Numbers as C# expressions of type long, in parentheses.</summary>
internal sealed class NumberText(MemberNames names)
{
    private readonly PointerText _pointers = new(names);

    /// <summary>A number.</summary>
    public string Of(Number number) => number switch
    {
        Number.Constant n => string.Create(CultureInfo.InvariantCulture, $"({n.Value}L)"),
        Number.Variable n => $"x{n.Name}",
        Number.Index => "((long)index)",
        Number.Binary n => Binary(n),
        Number.Narrowed n => $"((long)({n.Width.Keyword()}){Of(n.Value)})",
        Number.Compared n => $"({Of(n.Left)} {Operator(n.Comparison)} {Of(n.Right)} ? 1L : 0L)",
        Number.PointerCompared n => $"((nint){Address(n.Left)} {Operator(n.Comparison)} (nint){Address(n.Right)} ? 1L : 0L)",
        Number.Choice n => $"({Condition(n.Condition)} ? {Of(n.Then)} : {Of(n.Else)})",
        Number.Load n => $"((long){Routes.Of(n.Route).Load.With("T", n.Width.Keyword()).With("p", Address(n.Address))})",
        Number.LoadTwice n => Twice(n),
        Number.Field n => $"((long)(({StructureFields.Of(n.Name).Type}*){Address(n.Address)})->{StructureFields.Of(n.Name).Path})",
        Number.Cell n => $"w[(int){Of(n.At)} & 7]",
        Number.Referred => names.HasReferences ? "r" : "(*(long*)r)",
        Number.Element n => names.HasReferences ? $"((long)s[(int){Of(n.At)} & 15])" : $"((long)((byte*)s)[(int){Of(n.At)} & 15])",
        Number.Call n => $"Prelude.{n.Callee}({Address(n.Address)}, {Of(n.Argument)})",
        _ => throw new NotSupportedException(number.GetType().Name),
    };

    /// <summary>An address of type <c>byte*</c>, in parentheses.</summary>
    public string Address(Pointer pointer) => _pointers.Of(pointer, this);

    /// <summary>True if a number is odd.</summary>
    public string Condition(Number number) => $"(({Of(number)} & 1L) != 0)";

    // The sum with z, which is zero, keeps compilers from finding a division by zero.
    private string Binary(Number.Binary n)
    {
        (string left, string right) = (Of(n.Left), Of(n.Right));
        return n.Operation switch
        {
            Operation.Add => $"({left} + {right})",
            Operation.Subtract => $"({left} - {right})",
            Operation.Multiply => $"({left} * {right})",
            Operation.And => $"({left} & {right})",
            Operation.Or => $"({left} | {right})",
            Operation.Xor => $"({left} ^ {right})",
            Operation.ShiftLeft => $"({left} << (int){right})",
            Operation.ShiftRight => $"({left} >> (int){right})",
            Operation.ShiftRightUnsigned => $"({left} >>> (int){right})",
            Operation.Divide => $"({left} / ({right} + z))",
            Operation.Remainder => $"({left} % ({right} + z))",
            _ => $"checked(unchecked({left}) + unchecked({right} + z))",
        };
    }

    private string Twice(Number.LoadTwice n)
    {
        string type = n.Width.Keyword();
        string copy = names.Copy;
        string set = names.IsSuspended ? $"(byte*)({copy} = (nint){Address(n.Address)})" : $"({copy} = {Address(n.Address)})";
        return $"((long)*({type}*){set} + (long)*({type}*)((byte*){copy} + 8))";
    }

    private static string Operator(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.Different => "!=",
        Comparison.Less => "<",
        _ => ">",
    };
}
