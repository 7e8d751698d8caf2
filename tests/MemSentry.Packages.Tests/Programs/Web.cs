WebApplication app = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]).Build();
app.MapGet("/first", () => Secret.First());
app.MapGet("/peek", () => Attack.On(Parser.Peek));
await app.StartAsync();
using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
Console.WriteLine($"own code reads {await client.GetStringAsync("/first")}");
Console.WriteLine(await client.GetStringAsync("/peek"));
