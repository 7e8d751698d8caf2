using System.Collections.Concurrent;
using MemSentry.Attacks.Building;
using MemSentry.Attacks.Running;
using MemSentry.Constructs.Building;
using MemSentry.Constructs.Running;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Constructs.Tests;

/// <summary>The fixtures, compiled, woven and run unwoven once for all tests of this assembly.</summary>
[SetUpFixture]
public sealed class SharedWorkshop
{
    private static readonly Lazy<Workshop> Shared = new(() => new Workshop());
    private static readonly ConcurrentDictionary<(BuildConfiguration, string, int, string), Lazy<string>> Unwoven = [];

    /// <summary>The builds.</summary>
    public static Workshop Workshop => Shared.Value;

    /// <summary>What the unwoven fixtures print.</summary>
    public static string Expected(BuildConfiguration configuration, ExecutionMode mode, int rounds = 1, string filter = "") =>
        Unwoven.GetOrAdd((configuration, mode.Name, rounds, filter), _ => new(() => ConstructProcess.Run(Workshop.Folder(Variant.Unwoven, configuration), Variant.Unwoven, mode, rounds, filter))).Value;

    /// <summary>What the woven fixtures print. A stack trace names the member that holds the body of a gate; its suffix is left out.</summary>
    public static string Actual(Variant variant, BuildConfiguration configuration, ExecutionMode mode, int rounds = 1, string filter = "") =>
        ConstructProcess.Run(Workshop.Folder(variant, configuration), variant, mode, rounds, filter).Replace("|MemSentryTwin", "", StringComparison.Ordinal);

    /// <summary>A copy of woven C# fixtures that open windows and never close them.</summary>
    public static string LeftOpen(Variant variant)
    {
        string whole = Workshop.Folder(variant, BuildConfiguration.Release);
        string folder = Directory.CreateDirectory(whole + "-left-open").FullName;
        foreach (string file in Directory.EnumerateFiles(whole, "*.dll"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);

        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(whole, "Constructs.CSharp.dll"));
        foreach (Instruction call in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions))
        {
            // Each gets the frame's address, and nothing else.
            if (call.Operand is MethodReference { Name: "Leave" or "Suspend", DeclaringType.FullName: "MemSentry.CompilerServices.Window" })
                (call.OpCode, call.Operand) = (OpCodes.Pop, null);
        }

        module.Write(Path.Combine(folder, "Constructs.CSharp.dll"));
        return folder;
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (Shared.IsValueCreated)
            Shared.Value.Dispose();
    }
}
