namespace MemSentry;

/// <summary>An assembly of this process that is not woven and whose raw accesses, if it has any, nothing keeps from safe regions.</summary>
/// <param name="Assembly">Its simple name.</param>
/// <param name="RawAccesses">Whether it has raw accesses; <see langword="null"/> if that is not known.</param>
/// <param name="IsLoaded">Whether it is loaded; if not, a woven assembly refers to it.</param>
public sealed record UnwovenAssemblyStatus(string Assembly, bool? RawAccesses, bool IsLoaded);
