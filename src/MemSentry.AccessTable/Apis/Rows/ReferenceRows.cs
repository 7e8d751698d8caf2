using static MemSentry.AccessTable.Row;

namespace MemSentry.AccessTable;

/// <summary>Members that return a reference into an object of the garbage-collected heap, or into what they were given.</summary>
internal static class ReferenceRows
{
    public static ApiType[] Types =>
    [
        new("System.String", [.. TextRows.StringRows, Member("GetPinnableReference()").Gives(Anchor), Member("op_Implicit(string)").Gives(Anchor)]),
        new("System.Nullable", Member("GetValueRefOrDefaultRef(_)", Exempt(0, Reasons.Arithmetic)).Gives(Derived(0))),
        new("System.Runtime.InteropServices.CollectionsMarshal", Member("GetValueRefOr*").Gives(Anchor), Member("AsSpan").Gives(Anchor)),
        new("System.Collections.Generic.LinkedListNode`1", Member("get_ValueRef()").Gives(Anchor)),
        new("System.Collections.Frozen.FrozenDictionary`2",
            Member("GetValueRefOrNullRef(!0)").Gives(Anchor),
            Member("get_Item(!0)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableArray`1", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableArray`1/Builder", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableList`1", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableList`1/Builder", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableQueue`1", Member("PeekRef()").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableSortedDictionary`2", Member("ValueRef(!0)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableSortedDictionary`2/Builder", Member("ValueRef(!0)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableSortedSet`1", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableSortedSet`1/Builder", Member("ItemRef(int)").Gives(Anchor)),
        new("System.Collections.Immutable.ImmutableStack`1", Member("PeekRef()").Gives(Anchor)),
        new("System.Diagnostics.Activity/Enumerator`1", Member("get_Current()").Gives(Anchor)),
    ];
}
