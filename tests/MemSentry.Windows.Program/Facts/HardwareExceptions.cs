using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>After a fault of the processor, handlers of whitelisted code have the window that they need, and nobody else has.</summary>
internal static class HardwareExceptions
{
    public static int Run()
    {
        for (int i = 0; i < 50; i++)
        {
            if (Secret.HandleNull(null) != 1 || Secret.FilterDivision(0) != 1)
            {
                return 3;
            }

            Probe.Look("what follows a handled fault");
        }

        return Probe.Verdict(atLeast: 50);
    }
}
