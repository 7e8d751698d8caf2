namespace MemSentry.Mutants.Kinds;

/// <summary>The kinds that break one member.</summary>
public static class MemberKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IMemberMutationKind> All { get; } =
    [
        new CheckRemoved(),
        new CheckBehindAccess(),
        new CheckBypassed(),
        new ConstantChanged(),
        new CompareInverted(),
        new OtherValueTested(),
        new MovedAfterCheck(),
        new WrongCopyMasked(),
        new UnmaskedCopyLoaded(),
        new OldNumberChecked(),
        new LoadNotKept(),
        new BorderCheckDropped(),
        new BorderCheckWeakened(),
    ];
}
