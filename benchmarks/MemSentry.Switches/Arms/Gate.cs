using System.Runtime.Loader;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Options;
using MemSentry.Weaver;

namespace MemSentry.Switches.Arms;

/// <summary>A whitelisted member, woven with a method and loaded into this process.</summary>
internal static class Gate
{
    private const string FileName = "MemSentry.Switches.Secret.dll";
    private const string TypeName = "MemSentry.Switches.Secret";

    /// <summary>Weaves, loads, and writes what will be read.</summary>
    /// <exception cref="WeaveException">The method cannot be asked for.</exception>
    /// <exception cref="PlatformNotSupportedException">It cannot run here.</exception>
    public static Arm Create(string method, string folder)
    {
        string woven = Path.Combine(folder, FileName);
        var diagnostics = new DiagnosticList();
        WeaverOptions options = OptionCatalog.Parse([new("ProtMethod", method)], diagnostics);
        if (diagnostics.HasErrors || AssemblyWeave.Run(new(Path.Combine(AppContext.BaseDirectory, FileName), woven, options, [AppContext.BaseDirectory]), diagnostics) is null)
            throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error));

        try
        {
            object secret = Activator.CreateInstance(new AssemblyLoadContext(method).LoadFromAssemblyPath(woven).GetType(TypeName, throwOnError: true)!)!;
            secret.GetType().GetMethod("Write")!.CreateDelegate<Action<ulong>>(secret)(Arm.Content);
            return new Arm("gate", $"a whitelisted member, through its gate ({method})", secret.GetType().GetMethod("Read")!.CreateDelegate<Func<ulong>>(secret));
        }
        catch (Exception e) when (e.GetBaseException() is PlatformNotSupportedException or SafeRegionException)
        {
            throw new PlatformNotSupportedException(e.GetBaseException().Message, e);
        }
    }
}
