using MemSentry.Attacks.Building;
using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Judging;

/// <summary>One line of the matrix.</summary>
/// <param name="Row">What is attacked.</param>
/// <param name="Controls">Why the control of a configuration does not count; null where it does.</param>
/// <param name="Cells">The verdicts.</param>
public sealed record MatrixRow(
    DeclaredRow Row,
    IReadOnlyDictionary<BuildConfiguration, string?> Controls,
    IReadOnlyDictionary<(Arm Arm, BuildConfiguration Configuration), Cell> Cells);
