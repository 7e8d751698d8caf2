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
    int count = parsed.GetValue(inputs);
    IReadOnlyList<string> wrong = new RobustnessCampaign(count, parsed.GetValue(seed), parsed.GetValue(keep)).Run();
    foreach (string line in wrong)
        Console.WriteLine(line);
    Console.WriteLine($"robustness {count - wrong.Count}/{count} passed/total");
    return wrong.Count == 0 ? 0 : 1;
});
return root.Parse(args).Invoke();
