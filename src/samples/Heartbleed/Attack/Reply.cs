using Heartbleed.Victim;

namespace Heartbleed.Attack;

/// <summary>One record as it came back.</summary>
internal sealed record Reply(ContentType Type, byte[] Body)
{
    /// <summary>Whether the server refused the request.</summary>
    public bool IsAlert => Type == ContentType.Alert;
}
