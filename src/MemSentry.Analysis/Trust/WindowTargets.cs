using MemSentry.Analysis.Windows;
using Mono.Cecil;

namespace MemSentry.Analysis.Trust;

/// <summary>Reads from <c>[SafeRegionAccess]</c> what a member opens: the attribute that is nearest to it decides.</summary>
internal static class WindowTargets
{
    private const int ReadAccess = 1;

    public static WindowTarget Of(MethodDefinition method) =>
        Places(method).SelectMany(p => p.HasCustomAttributes ? p.CustomAttributes : []).Where(a => a.AttributeType.FullName == MemSentryNames.SafeRegionAccess)
            .Select(Of).FirstOrDefault(WindowTarget.Default);

    private static IEnumerable<ICustomAttributeProvider> Places(MethodDefinition method)
    {
        yield return method;
        if (method.DeclaringType.Properties.FirstOrDefault(p => p.GetMethod == method || p.SetMethod == method) is { } property)
            yield return property;

        yield return method.DeclaringType;
        yield return method.Module.Assembly;
    }

    private static WindowTarget Of(CustomAttribute attribute)
    {
        bool reads = attribute.ConstructorArguments is [{ Value: int access }] && access == ReadAccess;
        string? domain = attribute.Properties.FirstOrDefault(p => p.Name == "Domain").Argument.Value as string;
        return new WindowTarget(domain ?? "", !reads);
    }
}
