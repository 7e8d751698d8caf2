using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using MethodDefinition = Mono.Cecil.MethodDefinition;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;

namespace MemSentry.Analysis.Prescan;

/// <summary>
/// Finds the members of a module of which a look at their bytes shows that nothing in them has to be checked. Most members of most programs are of this
/// kind, and nobody has to decode or analyse them any further.
/// <para>
/// Soundness: <see cref="BodyScan"/> follows what each stack slot holds from the first instruction to the last. It accepts instructions that push a number,
/// an object, a structure without references inside, or a reference to a variable, field or array element of these kinds, and whose operands are such values
/// (<see cref="SlotKind"/>). Everything else ends the scan: an instruction that makes an address otherwise, a variable, field, parameter or result that
/// may hold one, a callee that the access table may know, a prefix, an exception handler. By induction over the instructions, every address in a member that
/// gets to its end is a reference that the member has made of its own variables, of objects or of arrays, used before control flow meets, and those lie
/// outside the block. What the scan does not accept, the analysis looks at as ever: a false "no" costs time, and nothing else.
/// </para>
/// <para>
/// It is told what types hold by the same <see cref="Stack.StackTypes"/> as the analysis, and tests hold it against the analysis member by member: the
/// analysis finds as many operands in a settled member as the scan, and all of them proven.
/// </para>
/// </summary>
public static class SettledMembers
{
    /// <summary>The members that are settled.</summary>
    /// <param name="module">The module, as it was read: the bodies of an edited module are not in its image.</param>
    /// <param name="image">The bytes it was read from.</param>
    /// <returns>
    /// The members, each with the number of its operands of which something has to hold, and does. None if the image cannot be read, or if it has to do with
    /// safe regions: whitelists and markers are for the analysis.
    /// </returns>
    public static IReadOnlyDictionary<MethodDefinition, int> In(ModuleDefinition module, byte[] image)
    {
        var found = new Dictionary<MethodDefinition, int>();
        try
        {
            using var pe = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image));
            MetadataReader metadata = pe.GetMetadataReader();
            if (KnowsSafeRegions(metadata))
            {
                return found;
            }

            var scan = new BodyScan(new TokenKinds(module, metadata));
            foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods))
            {
                if (method.HasBody && method.RVA != 0 && scan.Accepts(method, pe.GetMethodBody(method.RVA)))
                {
                    found.Add(method, scan.Proven);
                }
            }
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            // Who reads the module completely will say what is wrong with it.
            found.Clear();
        }

        return found;
    }

    private static bool KnowsSafeRegions(MetadataReader metadata)
    {
        const string Runtime = "MemSentry";
        return metadata.TypeReferences.Any(t => metadata.StringComparer.Equals(metadata.GetTypeReference(t).Namespace, Runtime))
            || metadata.TypeDefinitions.Any(t => metadata.StringComparer.Equals(metadata.GetTypeDefinition(t).Namespace, Runtime));
    }
}
