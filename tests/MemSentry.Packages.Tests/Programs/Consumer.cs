// A program that is not woven, of a library that is.
Console.WriteLine($"the library reads {Secret.First()}");
Console.WriteLine(Attack.On(Parser.Peek));
