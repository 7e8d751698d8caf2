using CommunityToolkit.HighPerformance;

Console.WriteLine($"own code reads {Secret.First()}");
Console.WriteLine("own: " + Attack.On(Parser.Peek));
Console.WriteLine("dependency: " + Attack.On(Codec.Read));
Console.WriteLine($"package: {"abc".DangerousGetReferenceAt(1)}");
