using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MemSentry.Cli.Tests.Enumeration;

/// <summary>
/// Finds the loads and stores of an assembly a second time: with System.Reflection.Metadata instead of Cecil, and with a stack of its own that
/// knows three kinds of values. It shares nothing with the analysis, so that what they agree on is no agreement of one mistake with itself.
/// </summary>
internal sealed class SiteEnumeration(MetadataReader reader, PEReader image)
{
    private readonly Metadata _metadata = new(reader);

    public static IReadOnlyList<EnumeratedSite> Of(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        MetadataReader reader = image.GetMetadataReader();
        var enumeration = new SiteEnumeration(reader, image);
        return [.. reader.MethodDefinitions.SelectMany(enumeration.Of)];
    }

    private IEnumerable<EnumeratedSite> Of(MethodDefinitionHandle handle)
    {
        MethodDefinition method = reader.GetMethodDefinition(handle);
        if (method.RelativeVirtualAddress == 0)
            return [];

        MethodBodyBlock body = image.GetMethodBody(method.RelativeVirtualAddress);
        var effects = new Effects(_metadata, _metadata.ArgumentsOf(method), _metadata.LocalsOf(body));
        return Of((uint)MetadataTokens.GetToken(handle), body, effects);
    }

    private static List<EnumeratedSite> Of(uint token, MethodBodyBlock body, Effects effects)
    {
        SortedDictionary<int, DecodedInstruction> code = Instructions.Decode(body.GetILReader());
        Dictionary<int, Slot[]> reached = Reach(body, code, effects);
        var sites = new List<EnumeratedSite>();
        foreach (DecodedInstruction instruction in code.Values.Where(i => reached.ContainsKey(i.Offset)))
        {
            var stack = new SlotStack(reached[instruction.Offset]);
            sites.AddRange(AccessRows.Of(instruction.Code, stack)
                .Select(a => new EnumeratedSite(token, instruction.Offset, instruction.Opcode.Name!, a.Kind, a.Operand)));
        }

        return sites;
    }

    /// <summary>The stack before each instruction that some path reaches, handlers of ranges that are entered included.</summary>
    private static Dictionary<int, Slot[]> Reach(MethodBodyBlock body, SortedDictionary<int, DecodedInstruction> code, Effects effects)
    {
        var before = new Dictionary<int, Slot[]>();
        var waiting = new Stack<int>();
        Arrive(0, []);
        while (waiting.TryPop(out int offset))
        {
            foreach (ExceptionRegion region in body.ExceptionRegions.Where(r => offset >= r.TryOffset && offset < r.TryOffset + r.TryLength))
                Enter(region);

            DecodedInstruction instruction = code[offset];
            var stack = new SlotStack(before[offset]);
            effects.Apply(instruction, stack);
            if (instruction.Code is ILOpCode.Leave or ILOpCode.Leave_s)
                stack.Clear();
            foreach (int target in instruction.Targets)
                Arrive(target, stack.Content);
            if (instruction.FallsThrough && instruction.Code != ILOpCode.Jmp)
                Arrive(instruction.Next, stack.Content);
        }

        return before;

        void Enter(ExceptionRegion region)
        {
            Slot[] entry = region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter ? [Slot.Other] : [];
            Arrive(region.HandlerOffset, entry);
            if (region.Kind == ExceptionRegionKind.Filter)
                Arrive(region.FilterOffset, entry);
        }

        void Arrive(int offset, Slot[] stack)
        {
            // Where paths meet with a number on one and an integer or null on the other, it is an address.
            Slot[] joined = before.TryGetValue(offset, out Slot[]? known) ? [.. known.Zip(stack, (a, b) => a > b ? a : b)] : stack;
            if (known is not null && known.SequenceEqual(joined))
                return;

            before[offset] = joined;
            waiting.Push(offset);
        }
    }
}
