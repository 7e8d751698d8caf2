namespace MemSentry.Cli.Output;

/// <summary>
/// One line at the foot of the terminal, on standard error: <c>weaving [#####.....] 12/24 Parser.dll</c>. It is not there when standard error is
/// redirected, when the terminal cannot go back in a line, and for fewer than three items.
/// </summary>
internal sealed class ProgressBar(TextWriter output, bool isVisible, int columns)
{
    private const int Width = 20;
    private const int FewItems = 3;
    private const string Erase = "\r\e[K";

    private readonly Lock _gate = new();
    private string _doing = "";
    private string _line = "";
    private int _done;
    private int _all;

    /// <summary>A bar for this process.</summary>
    public static ProgressBar OnStandardError()
    {
        bool isTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";
        return new ProgressBar(Console.Error, isTerminal, isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : 80);
    }

    /// <summary>Begins to count.</summary>
    public void Start(string doing, int all)
    {
        lock (_gate)
        {
            (_doing, _done, _all) = (doing, 0, all);
            Draw("");
        }
    }

    /// <summary>One item more is done.</summary>
    public void Done(string name)
    {
        lock (_gate)
        {
            _done++;
            Draw(name);
        }
    }

    /// <summary>Writes something else, above the bar.</summary>
    public void Aside(Action write)
    {
        lock (_gate)
        {
            string line = _line;
            Show("");
            write();
            Show(line);
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        lock (_gate)
            Show("");
    }

    private void Draw(string name)
    {
        if (_all < FewItems)
            return;

        int filled = Width * _done / _all;
        string line = $"{_doing} [{new string('#', filled)}{new string('.', Width - filled)}] {_done}/{_all} {name}";
        Show(line.Length < columns ? line : line[..(columns - 1)]);
    }

    private void Show(string line)
    {
        if (isVisible && (line.Length > 0 || _line.Length > 0))
        {
            output.Write(Erase + line);
            output.Flush();
        }

        _line = line;
    }
}
