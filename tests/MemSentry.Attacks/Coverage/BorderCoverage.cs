using MemSentry.Attacks.Reading;

namespace MemSentry.Attacks.Coverage;

/// <summary>
/// Borders are rules, not rows of a table: the attacks that each of them stops are listed here by name, so that none can disappear unnoticed.
/// </summary>
public static class BorderCoverage
{
    /// <summary>Each border with the rows that attack it.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["arguments of members that are not woven"] = ["Escaping.UnwovenMember", "Escaping.UnwovenMemberThatWrites", "Escaping.FrameworkMember", "Escapes.NewobjOfUnwovenType"],
        ["arguments of native code"] = ["Escaping.PInvokeSource", "Escaping.PInvokeDestination", "Escaping.PInvokeWithNativeInt", "Escaping.PInvokeWithReference"],
        ["indirect calls"] = ["Borders.ReferenceThroughFunctionPointer", "Borders.ReferenceThroughManagedFunctionPointer", "Borders.ReferenceThroughDelegate", "Borders.NumberThroughInterface"],
        ["whitelisted code, inwards"] = ["Deputies.PointerToDeputy", "Deputies.NumberToDeputy", "Deputies.ReferenceToDeputy", "Deputies.ForgedSpanToDeputy", "Deputies.PointerToDeputyThroughDelegate"],
        ["whitelisted code, outwards"] = ["Deputies.PointerFromDeputy", "Deputies.ReferenceFromDeputy", "Deputies.SpanFromDeputy", "Deputies.SpanFromDeputyHandedOn", "Deputies.SpanFromDeputyEnumerated"],
        ["spans that nobody made"] = ["ForgedSpans.CopiedByFramework", "ForgedSpans.Returned", "ForgedSpans.Indexed", "ForgedSpans.AroundTheBlock"],
        ["references from nowhere"] = ["Calls.CallWithNumberAsReference", "Calls.RetOfNumberAsReference", "Calls.StargOfNumberAsReference", "Calls.StfldOfNumberAsReference"],
        ["members that native code reaches"] = ["Callbacks.ReferenceFromNativeCode", "Callbacks.ReferenceFromNativeCodeToInstance", "Callbacks.ReferenceFromNativeCodeToOverride", "Callbacks.PointerFromNativeCode"],
        ["objects that remember a range"] = ["Ranges.Stream", "Ranges.StreamThatIsWritten", "Ranges.Accessor", "Ranges.BufferOfElements", "Escaping.ObjectThatRemembersThePointer"],
        ["spans of big structures"] = ["Ranges.SpanOfBigStructures", "Ranges.SpanOfBigStructuresByReference", "Ranges.SpanOfUnknownStructures"],
        ["handles"] = ["Handles.FromNumber", "Handles.ForgedTarget", "Handles.SafeHandleSet", "Handles.SafeHandleField", "Handles.CriticalHandleSet"],
        ["elements whose index reaches over the guard"] = ["Borders.ElementsOf511Bytes", "Borders.ElementsOf512Bytes", "Borders.ElementsOf513Bytes", "Borders.ElementsOf4096Bytes"],
        ["neighbours of a harmless pointer"] = ["Borders.NeighbourOfHarmlessPointer", "Borders.NeighbourOfHarmlessPointerThatIsWritten"],
        ["pointers that live across a call"] = ["Borders.CheckedThenCalled", "Borders.CheckedThenCalledThenWritten", "Borders.ProvenThenCalled", "Borders.ProvenThenCalledThenWritten"],
        ["exception edges"] = ["Borders.FilterBeforeInnerFinally", "Borders.HandlerSeesTheMiddleOfTheTry", "Shapes.StoreInFault"],
        ["a collector that moves objects"] = ["Borders.ReferencesWhileEverythingMoves"],
        ["numbers and nothing"] = ["NumbersAndNothing.UnsignedLoadExtendsItsSign", "NumbersAndNothing.MinusOneWithoutSign", "NumbersAndNothing.BooleanAsIndex", "NumbersAndNothing.UninitialisedPointer"],
        ["what scope=raw gives up"] = ["ForgedReferences.ArrayInTheHeap", "ForgedReferences.ArrayInTheHeapThatIsWritten", "ForgedReferences.ObjectInTheHeap"],
    };

    /// <summary>Borders with a row that is not there.</summary>
    public static IReadOnlyList<string> Missing(IEnumerable<DeclaredRow> rows)
    {
        HashSet<string> present = [.. rows.Select(row => row.Name)];
        return [.. from border in All from row in border.Value where !present.Contains(row) select $"{border.Key}: {row}"];
    }
}
