using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;

namespace MemSentry.SeededBugs.Finding;

/// <summary>Names a test that fails, and has no other begin: one is enough for who asks whether there is one.</summary>
internal sealed class StopAtFailure(ITestAssemblyRunner runner) : ITestListener
{
    public void TestFinished(ITestResult result)
    {
        if (result.HasChildren || result.ResultState.Status != TestStatus.Failed)
            return;

        Console.WriteLine($"Failed {result.Name}: {result.Message?.ReplaceLineEndings(" ")}");
        runner.StopRun();
    }

    public void TestStarted(ITest test)
    {
    }

    public void TestOutput(TestOutput output)
    {
    }

    public void SendMessage(TestMessage message)
    {
    }
}
