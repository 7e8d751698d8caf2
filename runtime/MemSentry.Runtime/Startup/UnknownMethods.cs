namespace MemSentry.Startup;

/// <summary>
/// Methods that woven modules ask for and this runtime does not have. To take one for none of its own would leave regions open to code that has no checks.
/// </summary>
internal static class UnknownMethods
{
    /// <summary>The first of a module; <see langword="null"/> if all are known.</summary>
    public static Refusal? Find(string assemblyName, string settings)
    {
        if (!ModuleSettings.IsMethod(ModuleSettings.MethodOf(settings)))
        {
            return Create(assemblyName, $"the method '{ModuleSettings.MethodOf(settings)}'", ModuleSettings.AllMethods);
        }

        foreach ((string domain, string method) in ModuleSettings.DomainMethodsOf(settings))
        {
            if (!ModuleSettings.IsDomainMethod(method))
            {
                return Create(assemblyName, $"the method '{method}' for the domain '{domain}'", ModuleSettings.AllDomainMethods);
            }
        }

        return null;
    }

    private static Refusal Create(string assemblyName, string method, string known) => new(
        RuntimeCode.MethodUnknown,
        $"'{assemblyName}' is woven with {method}, which this MemSentry.Runtime does not have; deliver the MemSentry.Runtime of the weaver's version, or weave it with {known}")
    { CanBeOverridden = false };
}
