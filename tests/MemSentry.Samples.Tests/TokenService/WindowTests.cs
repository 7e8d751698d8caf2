using MemSentry.Services;
using Mono.Cecil;

namespace MemSentry.Samples.Tests.TokenService;

/// <summary>What the metrics claim - one request, one window - read from the woven code.</summary>
[TestFixture]
internal sealed class WindowTests
{
    [TestCase("Seal")]
    [TestCase("Open")]
    public void Nothing_in_a_window_of_the_key_closes_it_or_opens_another(string member)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(BuiltServices.Folder("mprotect"), ServiceBuild.ServerFile));
        var pending = new Queue<MethodDefinition>([module.GetType("TokenService.Server.Keys.TokenKey").Methods.Single(m => m.Name == member + "|MemSentryTwin")]);
        var seen = new List<string>();

        while (pending.TryDequeue(out MethodDefinition? twin))
        {
            seen.Add(twin.Name);
            MethodReference[] called = [.. twin.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>()];
            Assert.That(called.Select(c => c.Name), Has.No.Member("Suspend").And.No.Member("Enter"), twin.FullName);
            foreach (MethodReference twinCall in called.Where(c => c.Name.EndsWith("|MemSentryTwin", StringComparison.Ordinal)))
                pending.Enqueue(twinCall.Resolve());
        }

        Assert.That(seen, Is.SupersetOf(new[] { "Compute|MemSentryTwin", "Transform|MemSentryTwin" }));
    }
}
