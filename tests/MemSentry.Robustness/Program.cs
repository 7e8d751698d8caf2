using System.CommandLine;
using MemSentry.Robustness.Campaign;
using MemSentry.Robustness.Running;

if (args is [Worker.Argument])
    return Worker.Run();

var inputs = new Option<int>("--inputs") { Description = "How many damaged assemblies.", DefaultValueFactory = _ => 2400 };
var seed = new Option<int>("--seed") { Description = "Where the series of them begins.", DefaultValueFactory = _ => 20261126 };
var keep = new Option<string?>("--keep") { Description = "A folder for those that go wrong." };
var root = new RootCommand("Hands damaged assemblies to every command of memsentry-weave.") { inputs, seed, keep };
root.SetAction(parsed =>
{
    CampaignResult result = new RobustnessCampaign(parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(keep)).Run();
    foreach (string line in result.Wrong)
        Console.WriteLine(line);
    Console.WriteLine($"{result.Woven} of {result.Inputs} damaged assemblies were woven, and {result.Proven} of these proven; the others were refused");
    Console.WriteLine($"robustness {result.Inputs - result.Wrong.Count}/{result.Inputs} passed/total");
    return result.Wrong.Count == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
