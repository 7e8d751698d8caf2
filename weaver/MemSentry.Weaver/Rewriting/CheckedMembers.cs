using Mono.Cecil;

namespace MemSentry.Weaver.Rewriting;

/// <summary>
/// Numbers the members that have checks. A check passes the number on instead of the name: a string literal would be fetched by a call, in the cold code of each
/// check, and to keep the address through that call the JIT would save registers whenever the member is entered.
/// </summary>
internal sealed class CheckedMembers
{
    private readonly Dictionary<MethodDefinition, int> _numbers = [];
    private readonly List<string> _names = [];

    /// <summary>The names in order of their numbers, with a line feed between them.</summary>
    public string Names => string.Join('\n', _names);

    /// <summary>A member's number.</summary>
    public int NumberOf(MethodDefinition member)
    {
        if (!_numbers.TryGetValue(member, out int number))
        {
            _numbers.Add(member, number = _names.Count);
            _names.Add(MemberSignature.Of(member).Replace('\n', ' '));
        }

        return number;
    }
}
