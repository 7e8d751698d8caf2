namespace MemSentry.AccessTable;

/// <summary>The rows of one framework type.</summary>
/// <param name="Name">Its full name (<c>Namespace.Outer/Inner`1</c>); <c>Namespace.*</c> for every type of a namespace and its nested types.</param>
/// <param name="Rows">Its rows; the first that matches counts.</param>
public sealed record ApiType(string Name, params IReadOnlyList<ApiRow> Rows);
