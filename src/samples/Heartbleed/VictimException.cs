namespace Heartbleed;

/// <summary>A server could not be started or went silent; the message is a sentence for the user.</summary>
internal sealed class VictimException(string message) : Exception(message);
