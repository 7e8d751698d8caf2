using System.Globalization;
using System.Text;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation.CSharp;

/// <summary>Statements as C#.</summary>
internal sealed class StatementText(MemberNames names)
{
    private readonly NumberText _numbers = new(names);
    private readonly PointerText _pointers = new(names);
    private readonly StringBuilder _text = new();
    private int _lambdas;

    /// <summary>A member's body.</summary>
    public string Body(IEnumerable<Statement> block)
    {
        Block(block, isOpen: names.IsSuspended);
        return _text.ToString();
    }

    // A member cannot be suspended where the code is unsafe, so in an open block every statement is unsafe by itself.
    private void Block(IEnumerable<Statement> block, bool isOpen)
    {
        foreach (Statement statement in block)
        {
            if (!isOpen)
                Closed(statement);
            else if (statement is Statement.Await)
                Line(names.Shape == MemberShape.Async ? "await Task.Yield();" : "yield return h;");
            else if (statement is Statement.Loop loop)
                Loop(loop, isOpen: true);
            else
                Nested("unsafe", [statement]);
        }
    }

    private void Closed(Statement statement)
    {
        if (Simple(statement) is { } line)
        {
            Line(line + ";");
            return;
        }

        switch (statement)
        {
            case Statement.If s:
                Nested($"if ({_numbers.Condition(s.Condition)})", s.Then);
                Nested("else", s.Else);
                break;
            case Statement.Loop s:
                Loop(s, isOpen: false);
                break;
            case Statement.Tangle s:
                Tangle(s);
                break;
            case Statement.Switch s:
                Switch(s);
                break;
            case Statement.TryCatch s:
                Nested("try", s.Body);
                Nested($"catch ({s.Exception})" + (s.Filter is null ? "" : $" when ({_numbers.Condition(s.Filter)})"), s.Handler);
                break;
            case Statement.TryFinally s:
                Nested("try", s.Body);
                Nested("finally", s.Cleanup);
                break;
            case Statement.Throw s:
                Line($"if ({_numbers.Condition(s.Condition)}) throw new {s.Exception}();");
                break;
            case Statement.Return s:
                Line($"if ({_numbers.Condition(s.Condition)}) {{ {Leave()} }}");
                break;
            case Statement.Copy s:
                IfApart(s.To, s.From, (to, from) => $"{Copy(s, to, from)}; Prelude.LookAgain()");
                break;
            case Statement.CopyStructure s:
                IfApart(s.To, s.From, (to, from) => $"*({s.Type}*){to} = *({s.Type}*){from}");
                break;
            case Statement.Apart s:
                Apart(s);
                break;
            case Statement.Await:
                break;
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private string? Simple(Statement statement) => statement switch
    {
        Statement.Mix s => $"h = h * 31 + {_numbers.Of(s.Value)}",
        Statement.Assign s => $"x{s.Name} = {_numbers.Of(s.Value)}",
        Statement.Point s => names.HasNumbers ? $"p{s.Name} = (nint){Address(s.Value)}" : $"p{s.Name} = {Address(s.Value)}",
        Statement.Store s => Routes.Of(s.Route).Store.With("T", s.Width.Keyword()).With("p", Address(s.Address)).With("v", $"(({s.Width.Keyword()}){_numbers.Of(s.Value)})"),
        Statement.Update s => $"*({s.Width.Keyword()}*){Address(s.Address)} += ({s.Width.Keyword()}){_numbers.Of(s.Value)}",
        Statement.StoreField s => StoreField(StructureFields.Of(s.Name), s),
        Statement.Copy s when BlockMembers.Of(s.Member).MayOverlap => Copy(s, Address(s.To), Address(s.From)),
        Statement.Fill { Member: BlockMembers.FillBlock } s => $"{Fill(s)}; Prelude.LookAgain()",
        Statement.Fill s => Fill(s),
        Statement.ClearStructure s => $"*({s.Type}*){Address(s.To)} = default",
        Statement.SetCell s => $"w[(int){_numbers.Of(s.At)} & 7] = {_numbers.Of(s.Value)}",
        Statement.Keep s => _pointers.Keep(s.Place, Address(s.Value)),
        Statement.Refer s => names.HasReferences ? $"r = ref *(long*){Address(s.To)}" : $"r = (nint){Address(s.To)}",
        Statement.SetReferred s => (names.HasReferences ? "r" : "*(long*)r") + $" = {_numbers.Of(s.Value)}",
        Statement.Cover s => names.HasReferences ? $"s = new Span<byte>({Address(s.From)}, 16)" : $"s = (nint){Address(s.From)}",
        Statement.SetElement s => (names.HasReferences ? "s" : "((byte*)s)") + $"[(int){_numbers.Of(s.At)} & 15] = (byte){_numbers.Of(s.Value)}",
        _ => null,
    };

    private string Fill(Statement.Fill s) =>
        BlockMembers.Of(s.Member).Code.With("p", Address(s.To)).With("q", $"((byte){_numbers.Of(s.Value)})").With("n", Length(s.Length));

    private string StoreField(StructureField field, Statement.StoreField s) =>
        $"(({field.Type}*){Address(s.Address)})->{field.Path} = ({field.Width.Keyword()}){_numbers.Of(s.Value)}";

    private void Loop(Statement.Loop s, bool isOpen)
    {
        string counter = string.Create(CultureInfo.InvariantCulture, $"i{names.Next()}");
        Line(string.Create(CultureInfo.InvariantCulture, $"for (int {counter} = 0; {counter} < {s.Count}; {counter}++)"));
        Line("{");
        Block(s.Body, isOpen);
        Line("}");
    }

    private void Tangle(Statement.Tangle s)
    {
        int label = names.Next();
        Line("{");
        Line(string.Create(CultureInfo.InvariantCulture, $"int k{label} = {s.Count};"));
        Line($"if ({_numbers.Condition(s.EntersSecond)}) goto Second{label};");
        Nested($"First{label}:", s.First);
        Nested($"Second{label}:", s.Second);
        Line($"if (k{label}-- > 0) goto First{label};");
        Line("}");
    }

    private void Switch(Statement.Switch s)
    {
        Line($"switch ((int){_numbers.Of(s.Selector)} & 3)");
        Line("{");
        for (int i = 0; i < s.Cases.Length; i++)
        {
            Nested(string.Create(CultureInfo.InvariantCulture, $"case {i}:"), s.Cases[i]);
            Line("break;");
        }

        Line("}");
    }

    private string Copy(Statement.Copy s, string to, string from) =>
        BlockMembers.Of(s.Member).Code.With("p", to).With("q", from).With("n", Length(s.Length));

    private void IfApart(Pointer to, Pointer from, Func<string, string, string> copy)
    {
        int name = names.Next();
        Line($"byte* to{name} = {Address(to)}, from{name} = {Address(from)};");
        Line($"if (Prelude.AreApart(to{name}, from{name})) {{ {copy($"to{name}", $"from{name}")}; }}");
    }

    private void Apart(Statement.Apart s)
    {
        int name = names.Next();
        _lambdas++;
        Nested($"Action a{name} = () =>", s.Body);
        _lambdas--;
        Line($"; a{name}();");
    }

    private string Leave() => _lambdas > 0 ? "return;" : names.Shape == MemberShape.Iterator ? "result[0] = h; yield break;" : "return h;";

    private void Nested(string head, IEnumerable<Statement> block)
    {
        Line(head);
        Line("{");
        Block(block, isOpen: false);
        Line("}");
    }

    private string Address(Pointer pointer) => _numbers.Address(pointer);

    private string Length(Number number) => $"((uint){_numbers.Of(number)} & 63u)";

    private void Line(string text) => _text.Append(text).Append('\n');
}
