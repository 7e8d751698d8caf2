using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using MemSentry.Domains;

namespace MemSentry.Startup;

/// <summary>
/// Assemblies that a start uses beyond the core library: none where addresses are compared; what assembles machine code, and what that stands on, under the other methods. In a self-contained
/// program they may be woven.
/// </summary>
internal static class StartDependencies
{
    /// <summary>
    /// Runs their initialisers, before the start takes its lock. If one ran only then, it might be on another thread already, which waits for the lock to start that very assembly.
    /// Without the lock, such a circle is one of initialisers alone, which .NET finds and opens.
    /// </summary>
    public static void Initialize(string settings)
    {
        if (ModuleSettings.MethodOf(settings) == ModuleSettings.Masking || ModuleSettings.DomainMethodOf(settings) != DomainMethod.None || Faults.FaultHandler.IsWanted)
        {
            InitializeReferencesOf(typeof(StartDependencies).Assembly);
            InitializeReferencesOf(typeof(Native.Errno).Assembly);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "An assembly whose reference was trimmed away is not in the program.")]
    private static void InitializeReferencesOf(Assembly assembly)
    {
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
        {
            try
            {
                RuntimeHelpers.RunModuleConstructor(Assembly.Load(name).ManifestModule.ModuleHandle);
            }
            catch (Exception missing) when (missing is IOException or BadImageFormatException or TypeInitializationException)
            {
                // Whoever needs it finds out, and says what that means.
            }
        }
    }
}
