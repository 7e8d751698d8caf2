using System.ComponentModel;

namespace MemSentry.CompilerServices;

/// <summary>What the cold throw helper of a woven module calls when a check has stopped an access.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Violation
{
    /// <summary>Makes the exception; throwing it is left to the helper, so that its caller sees a call that does not return.</summary>
    /// <param name="address">The address in the block.</param>
    /// <param name="member">The member that contains the access.</param>
    /// <param name="ilOffset">The access's offset in the member's original IL, in bytes.</param>
    /// <param name="kind">A <see cref="SafeRegionViolationKind"/>.</param>
    public static Exception Create(nuint address, string member, int ilOffset, int kind) =>
        ViolationReport.Create(address, member, ilOffset, (SafeRegionViolationKind)kind);

    /// <summary>The same for a member that is given by its number.</summary>
    /// <param name="address">The address in the block.</param>
    /// <param name="members">The names of the module's members that have checks, with a line feed between them.</param>
    /// <param name="member">Which of them contains the access, counted from 0.</param>
    /// <param name="ilOffset">The access's offset in the member's original IL, in bytes.</param>
    /// <param name="kind">A <see cref="SafeRegionViolationKind"/>.</param>
    public static Exception OfMember(nuint address, string members, int member, int ilOffset, int kind) =>
        Create(address, members.Split('\n')[member], ilOffset, kind);
}
