Console.WriteLine($"own code reads {Secret.First()}");
Console.WriteLine(Attack.On(Parser.Peek));
