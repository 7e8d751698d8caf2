using System.Globalization;
using System.Text;
using MemSentry.Corpus.Workloads;

namespace MemSentry.Corpus.Children;

/// <summary>Works as often as it is asked to and says what that cost, so that two processes can take turns.</summary>
public static class WorkServer
{
    /// <summary>
    /// Serves until the requests end. A request is the name of a work and how often to do it, <c>json 3</c>; the answer is the processor time of the
    /// whole process in microseconds, and a digest of what the work printed, which is the same each time.
    /// </summary>
    /// <param name="works">What it can do; each prints its results.</param>
    /// <param name="requests">One a line.</param>
    /// <param name="answers">One a line.</param>
    /// <exception cref="InvalidOperationException">A work printed something else than before.</exception>
    public static void Serve(IReadOnlyDictionary<string, Action<TextWriter>> works, TextReader requests, TextWriter answers)
    {
        while (requests.ReadLine() is { } request)
        {
            string[] words = request.Split(' ');
            Action<TextWriter> work = works[words[0]];
            var printed = new HashSet<string>();

            // Nothing that was done before is paid for now.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TimeSpan start = Environment.CpuUsage.TotalTime;
            for (int runs = int.Parse(words[1], CultureInfo.InvariantCulture); runs > 0; runs--)
                printed.Add(Printed(work));

            TimeSpan spent = Environment.CpuUsage.TotalTime - start;
            if (printed.Count != 1)
                throw new InvalidOperationException($"'{words[0]}' printed different things: {string.Join(" | ", printed)}");

            answers.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spent.TotalMicroseconds:F0} {Digest.Of(Encoding.UTF8.GetBytes(printed.Single()))}"));
            answers.Flush();
        }
    }

    private static string Printed(Action<TextWriter> work)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        work(text);
        return text.ToString();
    }
}
