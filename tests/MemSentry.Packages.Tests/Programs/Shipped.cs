using CommunityToolkit.HighPerformance;
using MemSentry;

Console.WriteLine($"own code reads {Secret.First()}");
Console.WriteLine("unwoven: " + (MemSentryRuntime.Status.UnwovenAssemblies is { Count: > 0 } unwoven ? string.Join(' ', unwoven.Select(a => a.Assembly)) : "none"));
Console.WriteLine("own: " + Attack.On(Parser.Peek));
Console.WriteLine("dependency: " + Attack.On(Codec.Read));
Console.WriteLine($"package: {"abc".DangerousGetReferenceAt(1)}");
