namespace Heartbleed.Victim;

/// <summary>The first byte of a record, in both directions. Alert and heartbeat have their TLS numbers.</summary>
public enum ContentType : byte
{
    /// <summary>The record was refused.</summary>
    Alert = 21,

    /// <summary>Length (2 bytes, big-endian) and payload; the payload comes back.</summary>
    Heartbeat = 24,

    /// <summary>Any bytes; their 8-byte tag under the signing key comes back.</summary>
    Sign = 100,

    /// <summary>Nothing; a line for the operator comes back.</summary>
    Status = 101,

    /// <summary>Offset (8 bytes) and count (2 bytes), little-endian; that part of the record comes back.</summary>
    Resend = 102,

    /// <summary>Offset (8 bytes) and value (8 bytes), little-endian; the value is kept there.</summary>
    Store = 103,
}
