using MemSentry.Windows.Program.Probing;

namespace MemSentry.Windows.Program.Facts;

/// <summary>What was written inside a whitelisted member is whitelisted, and opens for itself.</summary>
internal static class Lambdas
{
    public static int Run()
    {
        Func<int, byte>? kept = null;
        byte sum = Secret.Lambdas(lambda =>
        {
            Probe.Look("a delegate that got a lambda");
            _ = lambda(0);
            Probe.Look("the same after it called the lambda");
            kept = lambda;
        });
        Probe.Look("what follows");
        return sum == 2 && kept!(0) == 1 ? Probe.Verdict(atLeast: 3) : 3;
    }
}
