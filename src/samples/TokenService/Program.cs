using System.Runtime.CompilerServices;
using TokenService;
using TokenService.Server;

try
{
    await Serve(args);
    return (int)ExitCode.Stopped;
}
catch (Exception e) when (StartRefusal.Find(e) is not null)
{
    StartRefusal refusal = StartRefusal.Find(e)!;
    Console.Error.WriteLine(refusal.Sentence);
    return (int)refusal.ExitCode;
}

// A member of its own, because the JIT starts the woven module, or fails to, while it compiles whoever calls into it: that must be inside of the 'try'.
[MethodImpl(MethodImplOptions.NoInlining)]
static Task Serve(string[] arguments) => TokenServer.RunAsync(arguments);
