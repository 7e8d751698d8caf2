using MemSentry.Analysis.ControlFlow;

namespace MemSentry.Analysis.Tests.Toy;

/// <summary>
/// A toy instruction set to test the graph and the solver without CIL. One instruction a line, a label is <c>name:</c> in front:
/// <c>set x</c>, <c>nop</c>, <c>goto L</c>, <c>if L</c>, <c>leave L</c>, <c>endfinally</c>, <c>endfilter</c>, <c>exit</c>.
/// Clauses name their ranges by labels, the second of which is exclusive (<c>end</c> is the end of the program).
/// </summary>
internal sealed class ToyProgram : IInstructionSequence
{
    private readonly List<string[]> _instructions = [];
    private readonly Dictionary<string, int> _labels = [];
    private readonly List<ExceptionClause> _clauses = [];

    public ToyProgram(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            while (words[0].EndsWith(':'))
            {
                _labels.Add(words[0].TrimEnd(':'), _instructions.Count);
                words = words[1..];
            }

            _instructions.Add(words);
        }

        _labels.Add("end", _instructions.Count);
    }

    public int Count => _instructions.Count;

    public IReadOnlyList<ExceptionClause> Clauses => _clauses;

    public int At(string label) => _labels[label];

    public string[] this[int index] => _instructions[index];

    public ToyProgram Catch(string tryStart, string tryEnd, string start, string end) => Add(ClauseKind.Catch, tryStart, tryEnd, start, end);

    public ToyProgram Finally(string tryStart, string tryEnd, string start, string end) => Add(ClauseKind.Finally, tryStart, tryEnd, start, end);

    public ToyProgram Fault(string tryStart, string tryEnd, string start, string end) => Add(ClauseKind.Fault, tryStart, tryEnd, start, end);

    public ToyProgram Filter(string tryStart, string tryEnd, string filter, string start, string end)
    {
        _clauses.Add(new ExceptionClause(ClauseKind.Filter, Range(tryStart, tryEnd), Range(start, end), Range(filter, start)));
        return this;
    }

    public FlowKind FlowOf(int index) => _instructions[index][0] switch
    {
        "goto" => FlowKind.Branch,
        "if" => FlowKind.ConditionalBranch,
        "leave" => FlowKind.Leave,
        "endfinally" => FlowKind.EndFinally,
        "endfilter" => FlowKind.EndFilter,
        "exit" => FlowKind.Exit,
        "nop" or "set" or "clear" => FlowKind.Next,
        string other => throw new ArgumentException(other),
    };

    public IReadOnlyList<int> TargetsOf(int index) =>
        _instructions[index][0] is "goto" or "if" or "leave" ? [Target(_instructions[index][1])] : [];

    private int Target(string label) => int.TryParse(label, out int index) ? index : _labels[label];

    private ToyProgram Add(ClauseKind kind, string tryStart, string tryEnd, string start, string end)
    {
        _clauses.Add(new ExceptionClause(kind, Range(tryStart, tryEnd), Range(start, end)));
        return this;
    }

    private InstructionRange Range(string start, string end) => new(_labels[start], _labels[end]);
}
