using System.Globalization;
using System.Reflection;

namespace MemSentry.Corpus.Children;

/// <summary>Which members of an assembly are compiled: all, or those whose metadata tokens stand in a file.</summary>
public sealed class MemberChoice
{
    /// <summary>Every member.</summary>
    public const string All = "all";

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly ILookup<string, int>? _tokens;

    /// <summary>Reads a choice.</summary>
    /// <param name="text"><see cref="All"/>, or a file with one line for each member: its assembly's file name, a blank, its token.</param>
    public MemberChoice(string text) => _tokens = text == All
        ? null
        : File.ReadLines(text).Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>Writes what the constructor reads.</summary>
    public static void Write(string file, IEnumerable<(string Assembly, int Token)> members) =>
        File.WriteAllLines(file, members.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Assembly} {m.Token}")));

    /// <summary>The chosen members that have IL.</summary>
    public IEnumerable<MethodBase> In(Assembly assembly)
    {
        Module module = assembly.ManifestModule;
        IEnumerable<MethodBase> members = _tokens is null
            ? module.GetMethods(Declared).Concat(assembly.GetTypes().SelectMany(type => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))))
            : _tokens[module.Name].Select(token => module.ResolveMethod(token)!);
        return members.Where(HasBody);
    }

    private static bool HasBody(MethodBase method) =>
        !method.IsAbstract
        && !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)
        && (method.MethodImplementationFlags & (MethodImplAttributes.CodeTypeMask | MethodImplAttributes.InternalCall)) == MethodImplAttributes.IL;
}
