using Mono.Cecil;

namespace MemSentry.Analysis.Trust;

/// <summary>Recognises the attributes that whitelist, by name, so that any version of the runtime will do.</summary>
internal sealed class WhitelistAttributes(string? section)
{
    /// <summary>Whether anything was in the section so far.</summary>
    public bool SectionWasSeen { get; private set; }

    public bool IsOn(ICustomAttributeProvider target)
    {
        if (!target.HasCustomAttributes)
        {
            return false;
        }

        bool found = false;
        foreach (CustomAttribute attribute in target.CustomAttributes)
        {
            switch (attribute.AttributeType.FullName)
            {
                case MemSentryNames.SafeRegionAccess:
                    found = true;
                    break;
                case MemSentryNames.Section when section is not null && Equals(attribute.ConstructorArguments[0].Value, section):
                    SectionWasSeen = true;
                    found = true;
                    break;
            }
        }

        return found;
    }
}
