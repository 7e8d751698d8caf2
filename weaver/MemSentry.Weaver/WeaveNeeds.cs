using MemSentry.Analysis.Diagnostics;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.References;
using MemSentry.Weaver.Writing;

namespace MemSentry.Weaver;

/// <summary>
/// Decides about files that nobody named: only code with raw accesses can go astray, so nothing else has to be woven. A file that is damaged is not
/// skipped: whoever weaves it will be told.
/// </summary>
public static class WeaveNeeds
{
    private const string ReferenceAssemblyAttribute = "System.Runtime.CompilerServices.ReferenceAssemblyAttribute";

    // Assembles the fault handler while the runtime starts, before any woven code runs: a woven one would wait for that start.
    private const string Assembler = "Iced";

    /// <summary>Looks at one file. It is <see cref="WeaveNeed.Needed"/>, too, if it cannot be read: the weave says why.</summary>
    /// <param name="file">The file.</param>
    /// <param name="referenceDirectories">Where referenced assemblies are looked for.</param>
    /// <param name="framework">Simple names of the assemblies that the framework supplies, besides those of the shared frameworks.</param>
    public static WeaveNeed Of(string file, IEnumerable<string> referenceDirectories, IReadOnlySet<string> framework)
    {
        try
        {
            return Examine(file, referenceDirectories, framework);
        }
        catch (WeaveException)
        {
            return WeaveNeed.Needed;
        }
        catch (Exception e) when (UnexpectedFailure.Explain(file, e).Id != DiagnosticId.InternalError)
        {
            return WeaveNeed.Needed;
        }
    }

    /// <summary>The same, for callers that want to know at once what is wrong with a file.</summary>
    /// <exception cref="WeaveException">The file cannot be read.</exception>
    internal static WeaveNeed Examine(string file, IEnumerable<string> referenceDirectories, IReadOnlySet<string> framework)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (name == Assembler || ReferenceFiles.IsOwn(name))
            return WeaveNeed.Own;
        if (framework.Contains(name) || SharedFrameworks.AssemblyNames.Contains(name))
            return WeaveNeed.Framework;
        if (ImageKinds.Of(InputFile.Read(file)) is ImageKind.NativeLinux or ImageKind.NativeWindows)
            return WeaveNeed.Native;

        using InputAssembly input = InputAssembly.OpenToWeave(file, referenceDirectories, []);
        if (input.Module.Assembly is not { } assembly)
            return WeaveNeed.Needed;
        if (assembly.Name.Culture.Length > 0)
            return WeaveNeed.SatelliteResources;
        if (assembly.CustomAttributes.Any(a => a.AttributeType.FullName == ReferenceAssemblyAttribute))
            return WeaveNeed.ReferenceAssembly;

        return ReferenceSurvey.Examine(input.Members).Status switch
        {
            ReferenceStatus.Woven => WeaveNeed.Woven,
            ReferenceStatus.NoRawAccesses => WeaveNeed.NoRawAccesses,
            _ => WeaveNeed.Needed,
        };
    }
}
