using System.Text;
using System.Text.RegularExpressions;
using MemSentry.Mutants.Running;
using MemSentry.Mutants.Sites;
using MemSentry.Verifier;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Mutants.Kinds.Modules;

/// <summary>What members believe across calls is not so: others may enter them, a call or a return hands over something else, or the list says more.</summary>
public sealed partial class SummariesBroken : IModuleMutationKind
{
    private const string Resource = "MemSentry.Summaries";

    /// <summary>An address in the middle of the block.</summary>
    private const long Inside = (((long)AddressSpaceLayout.BlockIndex << 1) + 1) << (AddressSpaceLayout.BlockShift - 1);

    /// <inheritdoc/>
    public string Name => "summaries-broken";

    /// <inheritdoc/>
    public IEnumerable<ModuleMutation> MutationsOf(ModuleDefinition woven)
    {
        string[] lines = LinesOf(woven);
        if (lines.Length == 0)
            yield break;

        yield return Listed("head of another version", VerifierCode.SummariesUnreadable, l => ["MemSentry summaries 0", .. l.Skip(1)]);
        yield return Listed("line without meaning", VerifierCode.SummariesUnreadable, l => l.Append("everything"));
        yield return Listed("member that does not exist", VerifierCode.SummaryWithoutMember, l => l.Append("result of System.Byte* Nobody::Never()"));
        if (woven.GetTypes().Where(t => t.IsPublic).SelectMany(t => t.Methods).FirstOrDefault(m => m is { IsPublic: true, IsVirtual: false, IsConstructor: false, HasBody: true } && m.Parameters is [{ ParameterType: PointerType }, ..]) is { } anybody)
            yield return Listed("member that anybody calls", VerifierCode.SummaryNotClosed, l => l.Append($"parameter 0 of {MemberNames.Of(anybody)}").Distinct());

        foreach (string line in lines.Where(l => Parameter().IsMatch(l)).Take(3))
        {
            string member = Parameter().Match(line).Groups[2].Value;
            int parameter = int.Parse(Parameter().Match(line).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            yield return new ModuleMutation($"public: {member}", VerifierCode.SummaryNotClosed, m => Publish(Find(m, member)));
            yield return new ModuleMutation($"entry taken: {member}", VerifierCode.SummaryNotClosed, m => TakeEntry(Find(m, member)));
            if (parameter == Find(woven, member).Parameters.Count - 1)
                yield return new ModuleMutation($"another argument: {member}", VerifierCode.SummaryNotProven, m => Exchange(CallOf(Find(m, member))));
        }

        foreach (string member in lines.Where(l => l.StartsWith("result of ", StringComparison.Ordinal)).Take(3).Select(l => l["result of ".Length..]))
            yield return new ModuleMutation($"another result: {member}", VerifierCode.SummaryNotProven, m => Exchange((Find(m, member), Find(m, member).Body.Instructions.First(i => i.OpCode.Code == Code.Ret))));
    }

    private static string[] LinesOf(ModuleDefinition module) => module.Resources.SingleOrDefault(r => r.Name == Resource) is EmbeddedResource list
        ? Encoding.UTF8.GetString(list.GetResourceData()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : [];

    private static ModuleMutation Listed(string how, VerifierCode expected, Func<string[], IEnumerable<string>> change) => new(how, expected, m =>
    {
        string text = string.Concat(change(LinesOf(m)).Select(l => l + "\n"));
        m.Resources.Remove(m.Resources.Single(r => r.Name == Resource));
        m.Resources.Add(new EmbeddedResource(Resource, ManifestResourceAttributes.Private, Encoding.UTF8.GetBytes(text)));
    });

    private static MethodDefinition Find(ModuleDefinition module, string member) => module.GetTypes().SelectMany(t => t.Methods).Single(m => MemberNames.Of(m) == member);

    private static void Publish(MethodDefinition member)
    {
        member.IsPublic = true;
        for (TypeDefinition? type = member.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (type.IsNested)
                type.IsNestedPublic = true;
            else
                type.IsPublic = true;
        }
    }

    private static void TakeEntry(MethodDefinition member) =>
        new MutableBody(member).InsertBehindBranches(member.Body.Instructions[0], Instruction.Create(OpCodes.Ldftn, member), Instruction.Create(OpCodes.Pop));

    private static (MethodDefinition Caller, Instruction Call) CallOf(MethodDefinition member) =>
        member.Module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions.Select(i => (m, i))).First(c => (c.i.Operand as MethodReference)?.GetElementMethod().Resolve() == member);

    /// <summary>An address inside the block takes the place of what lies on top.</summary>
    private static void Exchange((MethodDefinition Member, Instruction Instruction) place) => new MutableBody(place.Member).InsertBefore(
        place.Instruction, Instruction.Create(OpCodes.Pop), Instruction.Create(OpCodes.Ldc_I8, Inside), Instruction.Create(OpCodes.Conv_U));

    [GeneratedRegex("^parameter ([0-9]+) of (.+)$")]
    private static partial Regex Parameter();
}
