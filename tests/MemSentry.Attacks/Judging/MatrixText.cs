using MemSentry.Attacks.Building;

namespace MemSentry.Attacks.Judging;

/// <summary>The matrix as readers see it.</summary>
public static class MatrixText
{
    private const int NameWidth = 58;
    private const int OpcodesWidth = 28;
    private const int CellWidth = 10;

    /// <summary>Title, one line per row, then every failure with its reason.</summary>
    public static IEnumerable<string> Lines(Matrix matrix)
    {
        if (matrix.Rows.Count == 0)
            return ["There are no rows."];

        (Arm Arm, BuildConfiguration Configuration)[] columns = [.. matrix.Rows[0].Cells.Keys];
        return
        [
            "blocked: worked unwoven, stopped here   open: this arm does not check such accesses   GIVEN UP: not blocked, as documented   FAILED: see below",
            "",
            Title(matrix.Rows[0].Controls.Keys, columns),
            .. matrix.Rows.Where(row => !IsGivenUp(row)).Select(row => Line(row, columns)),
            "",
            .. matrix.Rows.Where(IsGivenUp).GroupBy(row => row.Row.NotBlockedUnder).SelectMany(group =>
                (IEnumerable<string>)[$"Not blocked, by name, under {group.Key}:", .. group.Select(row => Line(row, columns)), ""]),
            .. matrix.Failures.Select(failure => "FAILED " + failure),
            .. from row in matrix.Rows
               from control in row.Controls
               where control.Value is not null
               select $"FAILED {row.Row.Name} [{Arm.Unwoven.Name} {control.Key}]: {control.Value}",
            .. from row in matrix.Rows
               from column in columns
               let cell = row.Cells[column]
               where cell.State == CellState.Failed
               select $"FAILED {row.Row.Name} [{column.Arm.Name} {column.Configuration}]: {cell.Reason}",
        ];
    }

    private static bool IsGivenUp(MatrixRow row) => row.Cells.Values.Any(cell => cell.State == CellState.NotBlocked);

    private static string Title(IEnumerable<BuildConfiguration> controls, (Arm Arm, BuildConfiguration Configuration)[] columns) =>
        "row".PadRight(NameWidth) + "instructions".PadRight(OpcodesWidth) + "kind".PadRight(12)
        + string.Concat(controls.Select(c => Column(Arm.Unwoven, c, CellWidth + 3)))
        + string.Concat(columns.Select(c => Column(c.Arm, c.Configuration, CellWidth)));

    private static string Column(Arm arm, BuildConfiguration configuration, int width) => $"{arm.Name}/{configuration.ToString()[0]}".PadRight(width);

    private static string Line(MatrixRow row, (Arm Arm, BuildConfiguration Configuration)[] columns) =>
        (row.Row.Name.PadRight(NameWidth) + string.Join(' ', row.Row.Opcodes).PadRight(OpcodesWidth) + row.Row.Kind.ToString().PadRight(12)
        + string.Concat(row.Controls.Values.Select(reason => (reason is null ? "succeeds" : "FAILED").PadRight(CellWidth + 3)))
        + string.Concat(columns.Select(c => Word(row.Cells[c].State).PadRight(CellWidth)))).TrimEnd();

    private static string Word(CellState state) => state switch
    {
        CellState.Blocked => "blocked",
        CellState.Open => "open",
        CellState.NotBlocked => "GIVEN UP",
        _ => "FAILED",
    };
}
