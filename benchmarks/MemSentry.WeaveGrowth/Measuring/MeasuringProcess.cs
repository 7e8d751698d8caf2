using System.Diagnostics;
using System.Globalization;
using MemSentry.WeaveGrowth.Shapes;

namespace MemSentry.WeaveGrowth.Measuring;

/// <summary>
/// A child that measures one shape after the other, as it is told on its standard input. There is one for each processor: processor time is counted for a whole
/// process, so two shapes at once need two.
/// </summary>
internal sealed class MeasuringProcess : IDisposable
{
    /// <summary>How the child's own face is called.</summary>
    public const string Face = "measure";

    private readonly Process _child = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(MeasuringProcess).Assembly.Location, Face])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Has a shape measured.</summary>
    /// <returns>The worst ratio, and the line that says all of them.</returns>
    /// <exception cref="InvalidOperationException">The child has ended, and has said why.</exception>
    public (double Worst, string Text) Measure(Shape shape)
    {
        _child.StandardInput.WriteLine(shape.Name);
        return _child.StandardOutput.ReadLine()?.Split('\t') is [var worst, var text]
            ? (double.Parse(worst, CultureInfo.InvariantCulture), text)
            : throw new InvalidOperationException($"the process that measures '{shape.Name}' has ended");
    }

    /// <summary>The child's side: answers until nothing more is asked.</summary>
    /// <param name="folder">An empty folder for assemblies.</param>
    public static void Answer(string folder)
    {
        ShapeGrowth.WarmUp(folder);
        while (Console.ReadLine() is { } name)
        {
            var growth = ShapeGrowth.Of(Shape.All.Single(s => s.Name == name), folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{growth.Worst:R}\t{growth}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _child.StandardInput.Close();
        _child.WaitForExit();
        _child.Dispose();
    }
}
