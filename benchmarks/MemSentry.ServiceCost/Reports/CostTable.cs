using System.Globalization;
using MemSentry.ServiceCost.Measuring;

namespace MemSentry.ServiceCost.Reports;

/// <summary>What all methods cost, for people.</summary>
internal static class CostTable
{
    public static void Print(IEnumerable<MethodCost> costs)
    {
        Console.WriteLine("method     CPU/request  ratio  (of rounds)    requests/s  switches/request  switches/s");
        foreach (MethodCost cost in costs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{cost.Method,-9} {cost.Typical(c => c.Microseconds),9:F1} us {cost.Ratio,6:F3}  ({cost.Spread.Least:F3}-{cost.Spread.Most:F3})  {cost.Typical(c => c.Requests / c.Seconds),10:F0}  {cost.Typical(c => c.SwitchesPerRequest),16:F2}  {cost.Typical(c => c.SwitchesPerSecond),10:F0}"));
        }
    }
}
