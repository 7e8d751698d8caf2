using Heartbleed;
using Heartbleed.Attack;
using Heartbleed.Scenarios;

Scenario[] scenarios = [new Unprotected(), new Hidden(), new Mpx(), new MpxWritesOnly(), new Mpk(), new Mprotect(), new Crypt()];
var report = new Report();
int passed = 0;

foreach (Scenario scenario in scenarios)
{
    report.Begin(scenario.Name, scenario.Setting);
    Play(scenario);
    passed += report.AsPromised ? 1 : 0;
    Console.WriteLine();
}

Console.WriteLine($"demo {passed}/{scenarios.Length} passed/total");
return passed == scenarios.Length ? 0 : 1;

void Play(Scenario scenario)
{
    var secret = new Secret();
    try
    {
        using VictimProcess victim = VictimProcess.Start(scenario.Variant, scenario.KeyPlace, scenario.Environment, secret.Bytes);
        using var client = new Client(victim.Port);
        scenario.Play(client, victim, secret, report);
    }
    catch (Exception failure) when (failure is VictimException or IOException or InvalidDataException or System.Net.Sockets.SocketException)
    {
        scenario.PlayRefusal(failure.Message, report);
    }
}
